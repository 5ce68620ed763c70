// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.event.Health;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.stream.wire.WireReader;
import org.polias.stream.wire.WireWriter;

/** What the fold of a site knows of one datastream besides what its detectors know. */
final class Channel {

    /** A measured series comes in order or nearly so. */
    private static final int SERIES_GENERATION = 128;
    /** Events of one source come in bursts and from several threads, somewhat out of order. */
    private static final int EVENTS_GENERATION = 1024;
    /** A network sensor reports thousands a second, of which few are alerts. */
    private static final int NETWORK_GENERATION = 4096;

    private static final int SILENT = 1;
    private static final int IMPLAUSIBLE = 2;
    private static final int STUCK = 4;

    private final DatastreamId datastream;
    private final RecentObservations recent;
    private @Nullable Instant lastHeard;
    /** The conditions that have begun and not ended. */
    private int conditions;

    private byte @Nullable [] encoded;

    Channel(Datastream datastream) {
        this.datastream = datastream.id();
        this.recent = new RecentObservations(generationSize(datastream));
    }

    private Channel(DatastreamId datastream, RecentObservations recent, @Nullable Instant lastHeard, int conditions) {
        this.datastream = datastream;
        this.recent = recent;
        this.lastHeard = lastHeard;
        this.conditions = conditions;
    }

    DatastreamId datastream() {
        return datastream;
    }

    /** Takes note of an observation that arrived {@code at} that time. */
    RecentObservations.Verdict hear(Observation observation, Instant at) {
        RecentObservations.Verdict verdict = recent.see(observation);
        if (verdict == RecentObservations.Verdict.NEW) {
            lastHeard = at;
            encoded = null;
        }
        return verdict;
    }

    /** Takes note of what a detector says of this datastream's health. */
    void learn(Detection claim) {
        int condition = conditionOf(claim.type());
        int next =
                switch (claim.phase()) {
                    case BEGIN, UPDATE -> conditions | condition;
                    case END -> conditions & ~condition;
                    case MOMENT -> conditions;
                };
        if (next != conditions) {
            conditions = next;
            encoded = null;
        }
    }

    Health health() {
        if ((conditions & SILENT) != 0) {
            return Health.SILENT;
        }
        if ((conditions & IMPLAUSIBLE) != 0) {
            return Health.IMPLAUSIBLE;
        }
        if ((conditions & STUCK) != 0) {
            return Health.STUCK;
        }
        return lastHeard == null ? Health.UNHEARD : Health.OK;
    }

    Optional<Instant> findLastHeard() {
        return Optional.ofNullable(lastHeard);
    }

    /** Whether a detection of this type is about the health of one datastream, its subject. */
    static boolean isAboutHealth(DetectionType type) {
        return conditionOf(type) != 0;
    }

    byte[] encoded() {
        if (encoded == null) {
            WireWriter out = new WireWriter(1024).text(datastream.value()).octet(conditions);
            out.truth(lastHeard != null);
            if (lastHeard != null) {
                out.instant(lastHeard);
            }
            recent.write(out);
            encoded = out.toBytes();
        }
        return encoded;
    }

    /** Reads what {@link #encoded()} gave in this version of the snapshot. */
    static Channel read(WireReader in, int version) {
        DatastreamId datastream = new DatastreamId(in.text());
        int conditions = in.octet();
        Instant lastHeard = in.truth() ? in.instant() : null;
        return new Channel(datastream, RecentObservations.read(in, version), lastHeard, conditions);
    }

    private static int generationSize(Datastream datastream) {
        if (datastream.resultKind() != ResultKind.EVENT) {
            return SERIES_GENERATION;
        }
        return datastream.property().equals(ObservedProperty.NETWORK_EVENT) ? NETWORK_GENERATION : EVENTS_GENERATION;
    }

    private static int conditionOf(DetectionType type) {
        return switch (type) {
            case SENSOR_SILENT -> SILENT;
            case SENSOR_IMPLAUSIBLE -> IMPLAUSIBLE;
            case SENSOR_STUCK -> STUCK;
            case IMPULSE_NOISE,
                    GUNSHOT,
                    EXPLOSION,
                    SCREAM,
                    GLASS_BREAK,
                    FIREWORK,
                    CROWD_DENSITY,
                    GAS_LEVEL,
                    LEVEL,
                    RATE_OF_CHANGE,
                    GAS_RATE,
                    DOOR_FORCED,
                    ACCESS_REFUSED,
                    NETWORK_ALERT,
                    NETWORK_ALERT_BURST,
                    SENSORS_LOST_TOGETHER -> 0;
        };
    }
}
