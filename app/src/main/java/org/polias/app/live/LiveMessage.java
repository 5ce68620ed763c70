// SPDX-License-Identifier: Apache-2.0
package org.polias.app.live;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.app.view.CampaignSummary;
import org.polias.app.view.IncidentSummary;
import org.polias.model.event.Health;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the live socket tells a screen; {@code type} says which message it is. */
public sealed interface LiveMessage {

    @JsonProperty
    String type();

    /** Everything that is true now: the first message of a connection. */
    record State(
            Instant now,
            Optional<RunningExercise> exercise,
            List<IncidentSummary> incidents,
            List<CampaignSummary> campaigns,
            Map<String, Object[]> readings,
            Map<String, HealthState> health,
            Optional<Stats> stats)
            implements LiveMessage {
        @Override
        public String type() {
            return "state";
        }
    }

    /** An incident changed. */
    record IncidentChanged(IncidentSummary incident) implements LiveMessage {
        @Override
        public String type() {
            return "incident";
        }
    }

    /** A campaign opened, changed or ended. */
    record CampaignChanged(CampaignSummary campaign) implements LiveMessage {
        @Override
        public String type() {
            return "campaign";
        }
    }

    /** Datastreams whose latest reading changed, each as time and value. */
    record Readings(Map<String, Object[]> readings) implements LiveMessage {
        @Override
        public String type() {
            return "readings";
        }
    }

    /** A datastream's health changed. */
    record HealthChanged(String datastream, Health health, Instant since, String detail) implements LiveMessage {
        @Override
        public String type() {
            return "health";
        }
    }

    /** An exercise began or, if absent, ended. */
    record ExerciseChanged(Optional<RunningExercise> exercise) implements LiveMessage {
        @Override
        public String type() {
            return "exercise";
        }
    }

    /** How the platform fares; numbers are since it started. */
    record Stats(
            Instant now,
            double accepted_per_s,
            long accepted,
            long rejected,
            long duplicates,
            long deferred,
            long quarantined,
            long stored,
            long silent,
            long devices)
            implements LiveMessage {
        @Override
        public String type() {
            return "stats";
        }
    }

    /** A datastream's health. */
    record HealthState(Health health, Instant since, String detail) {}

    /** The exercise that is running. */
    record RunningExercise(String id, String title, Instant since) {}
}
