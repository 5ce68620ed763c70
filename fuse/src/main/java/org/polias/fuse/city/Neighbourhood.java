// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import org.polias.model.id.IncidentId;

/**
 * The live incidents, what they have, and which are linked, as they are while a step is taken. Who has something in common is found by
 * an index: in each thing an incident has, only those next before and after it are its neighbours, so that a scan that touches everything
 * costs little more than one that touches few. Which are linked is at all times what comparing all neighbours would give.
 */
final class Neighbourhood {

    /** Before all ids: digits come first, and this is the shortest. */
    private static final IncidentId FIRST = new IncidentId("0");

    private final int neighbours;
    private final double least;
    private final Ties ties;
    private final SortedSet<IncidentId> touched = new TreeSet<>();
    private List<CityIncident> live;
    private List<Mention> index;
    private List<Link> links;

    /** @param least the log-odds from which a tie may hold */
    Neighbourhood(CityState state, Ties ties, int neighbours, double least) {
        live = state.live();
        index = state.index();
        links = state.links();
        this.ties = ties;
        this.neighbours = neighbours;
        this.least = least;
    }

    List<CityIncident> live() {
        return live;
    }

    List<Mention> index() {
        return index;
    }

    List<Link> links() {
        return links;
    }

    int size() {
        return live.size();
    }

    /** The incidents whose links changed since the last call. */
    SortedSet<IncidentId> takeTouched() {
        SortedSet<IncidentId> taken = new TreeSet<>(touched);
        touched.clear();
        return taken;
    }

    /** The place of an incident among the live ones; below 0 if it is not. */
    int indexOf(IncidentId id) {
        int low = 0;
        int high = live.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = live.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -low - 1;
    }

    CityIncident get(IncidentId id) {
        int place = indexOf(id);
        if (place < 0) {
            throw new IllegalStateException("Incident %s is linked and not live.".formatted(id));
        }
        return live.get(place);
    }

    /** What ties two that are linked. */
    Tie tie(Link link) {
        return ties.between(get(link.one()), get(link.other())).orElseThrow();
    }

    /** Puts a form of an incident in the place of another that has the same ties. */
    void replace(CityIncident next) {
        List<CityIncident> changed = new ArrayList<>(live);
        changed.set(indexOf(next.id()), next);
        live = changed;
    }

    /** Puts a form of an incident in the place of another. */
    void change(CityIncident before, CityIncident next) {
        if (next.keys().equals(before.keys()) && next.startedAt().equals(before.startedAt())) {
            replace(next);
            link(next);
        } else {
            remove(before);
            add(next);
        }
    }

    void add(CityIncident incident) {
        List<CityIncident> more = new ArrayList<>(live.size() + 1);
        more.addAll(live);
        more.add(-indexOf(incident.id()) - 1, incident);
        live = more;
        List<Mention> mentions = new ArrayList<>(index.size() + incident.keys().size());
        int from = 0;
        for (LinkKey key : incident.keys()) {
            if (isCompared(key, incident)) {
                Mention mention = mention(key, incident);
                int to = -Collections.binarySearch(index, mention) - 1;
                mentions.addAll(index.subList(from, to));
                mentions.add(mention);
                from = to;
            }
        }
        mentions.addAll(index.subList(from, index.size()));
        index = mentions;
        dropThoseApart(incident);
        link(incident);
    }

    void remove(CityIncident incident) {
        List<Link> comers = pairsAround(incident);
        List<CityIncident> fewer = new ArrayList<>(live);
        fewer.remove(indexOf(incident.id()));
        live = fewer;
        List<Mention> mentions = new ArrayList<>(index.size());
        int from = 0;
        for (LinkKey key : incident.keys()) {
            if (isCompared(key, incident)) {
                int at = Collections.binarySearch(index, mention(key, incident));
                mentions.addAll(index.subList(from, at));
                from = at + 1;
            }
        }
        mentions.addAll(index.subList(from, index.size()));
        index = mentions;
        set(incident.id(), List.of());
        for (Link pair : comers) {
            if (Collections.binarySearch(links, pair) < 0) {
                find(get(pair.one()), get(pair.other())).ifPresent(link -> {
                    List<Link> linked = new ArrayList<>(links);
                    linked.add(-Collections.binarySearch(links, link) - 1, link);
                    links = linked;
                    touch(link);
                });
            }
        }
    }

    /** Compares an incident with its neighbours. */
    void link(CityIncident incident) {
        List<Link> found = new ArrayList<>();
        for (IncidentId id : of(incident)) {
            find(incident, get(id)).ifPresent(found::add);
        }
        Collections.sort(found);
        set(incident.id(), found);
    }

    /** All that have one of these. */
    SortedSet<IncidentId> having(Collection<LinkKey> keys) {
        SortedSet<IncidentId> found = new TreeSet<>();
        for (LinkKey key : keys) {
            int at = -Collections.binarySearch(index, new Mention(key, Instant.MIN, FIRST)) - 1;
            for (int i = at; i < index.size() && has(i, key); i++) {
                found.add(index.get(i).incident());
            }
        }
        return found;
    }

    /** Those with which {@code incident} is compared. */
    private SortedSet<IncidentId> of(CityIncident incident) {
        SortedSet<IncidentId> found = new TreeSet<>();
        for (LinkKey key : incident.keys()) {
            if (isCompared(key, incident)) {
                int at = Collections.binarySearch(index, mention(key, incident));
                for (int i = at - 1; i >= Math.max(0, at - neighbours) && has(i, key); i--) {
                    found.add(index.get(i).incident());
                }
                for (int i = at + 1; i <= Math.min(index.size() - 1, at + neighbours) && has(i, key); i++) {
                    found.add(index.get(i).incident());
                }
            }
        }
        return found;
    }

    private Optional<Link> find(CityIncident incident, CityIncident other) {
        return ties.between(incident, other)
                .filter(tie -> tie.logOdds() >= least || tie.isContradicted())
                .map(tie -> pair(incident.id(), other.id(), tie.logOdds(), tie.isContradicted()));
    }

    private static Link pair(IncidentId one, IncidentId other, double logOdds, boolean contradicted) {
        return one.compareTo(other) < 0
                ? new Link(one, other, logOdds, contradicted)
                : new Link(other, one, logOdds, contradicted);
    }

    /** Makes {@code next}, in order, the links of an incident. */
    private void set(IncidentId incident, List<Link> next) {
        List<Link> before = new ArrayList<>();
        for (Link link : links) {
            if (link.has(incident)) {
                before.add(link);
            }
        }
        if (before.equals(next)) {
            return;
        }
        for (Link link : before) {
            if (!next.contains(link)) {
                touch(link);
            }
        }
        List<Link> changed = new ArrayList<>(links.size() + next.size());
        for (Link link : links) {
            if (!link.has(incident)) {
                changed.add(link);
            }
        }
        for (Link link : next) {
            if (!before.contains(link)) {
                touch(link);
            }
            changed.add(-Collections.binarySearch(changed, link) - 1, link);
        }
        links = changed;
    }

    private void touch(Link link) {
        touched.add(link.one());
        touched.add(link.other());
    }

    /** Those that {@code incident} has come between are neighbours no longer, unless by something else that they have. */
    private void dropThoseApart(CityIncident incident) {
        for (Link pair : pairsAround(incident)) {
            int place = Collections.binarySearch(links, pair);
            if (place >= 0 && !of(get(pair.one())).contains(pair.other())) {
                touch(pair);
                List<Link> fewer = new ArrayList<>(links);
                fewer.remove(place);
                links = fewer;
            }
        }
    }

    /** The pairs on both sides of {@code incident} that are neighbours without it and are not with it, in one thing or another. */
    private List<Link> pairsAround(CityIncident incident) {
        SortedSet<Link> pairs = new TreeSet<>();
        for (LinkKey key : incident.keys()) {
            if (isCompared(key, incident)) {
                int at = Collections.binarySearch(index, mention(key, incident));
                for (int before = 1; before <= neighbours; before++) {
                    int i = at - before;
                    int j = at + neighbours + 1 - before;
                    if (i >= 0 && j < index.size() && has(i, key) && has(j, key)) {
                        pairs.add(pair(index.get(i).incident(), index.get(j).incident(), 0, false));
                    }
                }
            }
        }
        return List.copyOf(pairs);
    }

    private boolean has(int place, LinkKey key) {
        return index.get(place).key().equals(key);
    }

    private static Mention mention(LinkKey key, CityIncident incident) {
        return new Mention(key, incident.startedAt(), incident.id());
    }

    /** Whether those that have the same are compared for that; two that are of the same common type are not. */
    private static boolean isCompared(LinkKey key, CityIncident incident) {
        return key.kind().leadsToOthers()
                && (key.kind() != LinkKey.Kind.TYPE
                        || Weights.isRare(incident.type().orElseThrow()));
    }
}
