// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.fuse.explanation.SilentStream;
import org.polias.fuse.learning.LearningState;
import org.polias.fuse.life.Answer;
import org.polias.fuse.life.Case;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.ZoneCount;
import org.polias.fuse.trust.Roster;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;

/**
 * All that {@link DefaultFusion} remembers of a site; bounded by {@link FusionSettings}.
 *
 * @param site the site as it is configured; absent until it was
 * @param exercise the exercise that runs
 * @param tentative evidence that does not convince yet, the one with the latest evidence last
 * @param live incidents that take evidence, in the order in which they opened
 * @param closed incidents that were resolved, dismissed or merged, the latest last
 * @param answers the answers to the latest commands
 * @param silent the datastreams that report nothing, in the order of their ids
 * @param dueAt when the first of the live incidents has something to be published that waited, or sooner
 * @param roster what is thought of the sensors
 * @param counts how many people were counted last, in the order of the datastreams
 * @param learning what operators' verdicts taught; absent before the first
 */
public record DefaultFusionState(
        Optional<SiteModel> site,
        Optional<String> exercise,
        List<Case> tentative,
        List<Case> live,
        List<Case> closed,
        List<Answer> answers,
        List<SilentStream> silent,
        Optional<Instant> dueAt,
        Roster roster,
        List<ZoneCount> counts,
        Optional<LearningState> learning)
        implements FusionState {

    public DefaultFusionState {
        tentative = List.copyOf(tentative);
        live = List.copyOf(live);
        closed = List.copyOf(closed);
        answers = List.copyOf(answers);
        silent = List.copyOf(silent);
        counts = List.copyOf(counts);
    }

    @Override
    public Optional<Incident> findIncident(IncidentId id) {
        return find(live, id).or(() -> find(closed, id)).flatMap(Case::incident);
    }

    @Override
    public List<Incident> listLiveIncidents() {
        return live.stream().map(Case::published).toList();
    }

    private static Optional<Case> find(List<Case> cases, IncidentId id) {
        return cases.stream().filter(one -> one.id().equals(id)).findFirst();
    }
}
