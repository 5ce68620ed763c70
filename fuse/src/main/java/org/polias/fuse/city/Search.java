// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.polias.model.id.IncidentId;

/** Looks for incidents that hang together. What was held together needs less to stay so than what was not. */
final class Search {

    private final Neighbourhood live;
    private final Map<IncidentId, IncidentId> together;
    private final double openAt;
    private final double endBelow;
    private final Map<IncidentId, List<Link>> links = new HashMap<>();
    private final Set<IncidentId> reached = new HashSet<>();

    /**
     * @param together which incidents are together so far: those with the same value
     * @param openAt the log-odds from which incidents are held to be coordinated
     * @param endBelow the log-odds below which they no longer are
     */
    Search(Neighbourhood live, Map<IncidentId, IncidentId> together, double openAt, double endBelow) {
        this.live = live;
        this.together = together;
        this.openAt = openAt;
        this.endBelow = endBelow;
        for (Link link : live.links()) {
            links.computeIfAbsent(link.one(), ignored -> new ArrayList<>()).add(link);
            links.computeIfAbsent(link.other(), ignored -> new ArrayList<>()).add(link);
        }
    }

    /** Whatever was found so far, in a cluster or alone. */
    Set<IncidentId> reached() {
        return reached;
    }

    /** The clusters of the live incidents that are connected with any of {@code seeds}. */
    List<Cluster> fromAll(Iterable<IncidentId> seeds) {
        List<Cluster> found = new ArrayList<>();
        for (IncidentId seed : seeds) {
            if (live.indexOf(seed) >= 0) {
                found.addAll(from(seed));
            }
        }
        return found;
    }

    /** The clusters of the incidents that are connected with {@code seed}; none if they were looked for already. */
    private List<Cluster> from(IncidentId seed) {
        if (!reached.add(seed)) {
            return List.of();
        }
        List<CityIncident> members = new ArrayList<>();
        List<Link> holding = new ArrayList<>();
        List<Link> refused = new ArrayList<>();
        Deque<IncidentId> next = new ArrayDeque<>();
        next.add(seed);
        while (!next.isEmpty()) {
            IncidentId one = next.remove();
            members.add(live.get(one));
            for (Link link : links.getOrDefault(one, List.of())) {
                boolean once = link.one().equals(one);
                if (holds(link)) {
                    if (once) {
                        holding.add(link);
                    }
                    IncidentId other = once ? link.other() : link.one();
                    if (reached.add(other)) {
                        next.add(other);
                    }
                } else if (once) {
                    refused.add(link);
                }
            }
        }
        List<Cluster> found = new ArrayList<>(1);
        split(members, holding, refused, found);
        return found;
    }

    private boolean holds(Link link) {
        return link.logOdds() >= (areTogether(link.one(), link.other()) ? endBelow : openAt);
    }

    private boolean areTogether(IncidentId one, IncidentId other) {
        IncidentId least = together.get(one);
        return least != null && least.equals(together.get(other));
    }

    /** The members as one cluster; where what speaks against it is too much, as the parts without the weakest tie. */
    private void split(List<CityIncident> members, List<Link> holding, List<Link> refused, List<Cluster> found) {
        if (members.size() < 2) {
            return;
        }
        Set<IncidentId> ids = new HashSet<>();
        members.forEach(member -> ids.add(member.id()));
        Cluster cluster = Cluster.of(members, among(ids, holding), among(ids, refused), live::tie);
        boolean known = cluster.tree().stream()
                .anyMatch(tie -> areTogether(tie.first().id(), tie.second().id()));
        if (cluster.logOdds() >= (known ? endBelow : openAt)) {
            found.add(cluster);
            return;
        }
        for (List<CityIncident> part : cluster.withoutWeakestTie()) {
            split(part, holding, refused, found);
        }
    }

    private static List<Link> among(Set<IncidentId> ids, List<Link> all) {
        List<Link> found = new ArrayList<>(all.size());
        for (Link link : all) {
            if (ids.contains(link.one()) && ids.contains(link.other())) {
                found.add(link);
            }
        }
        return found;
    }
}
