// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.polias.model.campaign.CampaignEvidence.Kind;
import org.polias.model.id.IncidentId;

/**
 * Incidents that hang together, and the strongest ties that hold them: a maximum spanning tree (Kruskal 1956), so that each incident beyond
 * the first is joined once and nothing counts twice.
 *
 * @param members in the order of happening
 * @param tree the ties, one fewer than the members, the strongest first
 * @param contradictions that no one actor can have been at two members which the tree does not tie directly
 * @param logOdds the sum of the ties and of the contradictions
 */
record Cluster(List<CityIncident> members, List<Tie> tree, List<Held> contradictions, double logOdds) {

    private static final Comparator<Link> STRONGEST_FIRST =
            Comparator.comparingDouble(Link::logOdds).reversed().thenComparing(Comparator.naturalOrder());

    /** A strand and the two incidents of which it tells. */
    record Held(Tie tie, Strand strand) {}

    /**
     * The cluster of {@code members}, which {@code holding} connect.
     *
     * @param holding the links between members that hold
     * @param refused those that do not
     * @param found finds again what a link is about
     */
    static Cluster of(List<CityIncident> members, List<Link> holding, List<Link> refused, Function<Link, Tie> found) {
        List<CityIncident> ordered = members.stream().sorted(Tie::order).toList();
        Forest forest = new Forest(ordered);
        List<Tie> tree = new ArrayList<>(ordered.size());
        List<Held> contradictions = new ArrayList<>();
        double sum = 0;
        for (Link link : holding.stream().sorted(STRONGEST_FIRST).toList()) {
            if (forest.join(link.one(), link.other())) {
                Tie tie = found.apply(link);
                tree.add(tie);
                sum += tie.logOdds();
            } else if (link.contradicted()) {
                addContradictions(contradictions, found.apply(link));
            }
        }
        for (Link link : refused) {
            if (link.contradicted()) {
                addContradictions(contradictions, found.apply(link));
            }
        }
        for (Held held : contradictions) {
            sum += held.strand().weight();
        }
        return new Cluster(ordered, List.copyOf(tree), List.copyOf(contradictions), sum);
    }

    /** The parts into which it falls without its weakest tie. */
    List<List<CityIncident>> withoutWeakestTie() {
        Forest forest = new Forest(members);
        for (Tie tie : tree.subList(0, tree.size() - 1)) {
            forest.join(tie.first().id(), tie.second().id());
        }
        Map<IncidentId, List<CityIncident>> parts = new HashMap<>();
        List<List<CityIncident>> found = new ArrayList<>(2);
        for (CityIncident member : members) {
            parts.computeIfAbsent(forest.root(member.id()), ignored -> {
                        List<CityIncident> part = new ArrayList<>();
                        found.add(part);
                        return part;
                    })
                    .add(member);
        }
        return found;
    }

    private static void addContradictions(List<Held> contradictions, Tie tie) {
        for (Strand strand : tie.strands()) {
            // A harmless member is weighed where the tree ties it; who cannot have been at both places, wherever it
            // shows.
            if (strand.kind() == Kind.CONTRADICTION && strand.isOfTravel()) {
                contradictions.add(new Held(tie, strand));
            }
        }
    }

    /** Which incidents are connected so far (union-find). */
    private static final class Forest {

        private final Map<IncidentId, IncidentId> parents = new HashMap<>();

        Forest(List<CityIncident> members) {
            members.forEach(member -> parents.put(member.id(), member.id()));
        }

        IncidentId root(IncidentId id) {
            IncidentId root = id;
            IncidentId parent = parents.get(root);
            while (!parent.equals(root)) {
                IncidentId grandparent = parents.get(parent);
                parents.put(root, grandparent);
                root = grandparent;
                parent = parents.get(root);
            }
            return root;
        }

        boolean join(IncidentId one, IncidentId other) {
            IncidentId root = root(one);
            IncidentId otherRoot = root(other);
            if (root.equals(otherRoot)) {
                return false;
            }
            parents.put(otherRoot, root);
            return true;
        }
    }
}
