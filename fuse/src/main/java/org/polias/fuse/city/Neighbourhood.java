// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import org.polias.model.id.IncidentId;

/**
 * The live incidents and what they have, as they are while a step is taken. Who has something in common is found by an index: in each thing
 * an incident has, only those next before and after it are its neighbours, so that a scan that touches everything costs little more than
 * one that touches few.
 */
final class Neighbourhood {

    /** Before all ids: digits come first, and this is the shortest. */
    private static final IncidentId FIRST = new IncidentId("0");

    private final int neighbours;
    private List<CityIncident> live;
    private List<Mention> index;

    Neighbourhood(List<CityIncident> live, List<Mention> index, int neighbours) {
        this.live = live;
        this.index = index;
        this.neighbours = neighbours;
    }

    List<CityIncident> live() {
        return live;
    }

    List<Mention> index() {
        return index;
    }

    int size() {
        return live.size();
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
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    CityIncident get(IncidentId id) {
        int place = indexOf(id);
        if (place < 0) {
            throw new IllegalStateException("Incident %s is in the index and not live.".formatted(id));
        }
        return live.get(place);
    }

    /** Puts a form of an incident in the place of another that has the same ties. */
    void replace(CityIncident next) {
        List<CityIncident> changed = new ArrayList<>(live);
        changed.set(indexOf(next.id()), next);
        live = changed;
    }

    void add(CityIncident incident) {
        List<CityIncident> more = new ArrayList<>(live.size() + 1);
        more.addAll(live);
        more.add(-indexOf(incident.id()) - 1, incident);
        live = more;
        List<Mention> mentions = new ArrayList<>(index.size() + incident.keys().size());
        int from = 0;
        for (LinkKey key : incident.keys()) {
            if (key.kind().leadsToOthers() && isWorthComparing(key, incident)) {
                Mention mention = new Mention(key, incident.startedAt(), incident.id());
                int to = -Collections.binarySearch(index, mention) - 1;
                mentions.addAll(index.subList(from, to));
                mentions.add(mention);
                from = to;
            }
        }
        mentions.addAll(index.subList(from, index.size()));
        index = mentions;
    }

    void remove(CityIncident incident) {
        List<CityIncident> fewer = new ArrayList<>(live);
        fewer.remove(indexOf(incident.id()));
        live = fewer;
        List<Mention> mentions = new ArrayList<>(index.size());
        int from = 0;
        for (LinkKey key : incident.keys()) {
            if (key.kind().leadsToOthers() && isWorthComparing(key, incident)) {
                int at = Collections.binarySearch(index, new Mention(key, incident.startedAt(), incident.id()));
                mentions.addAll(index.subList(from, at));
                from = at + 1;
            }
        }
        mentions.addAll(index.subList(from, index.size()));
        index = mentions;
    }

    /** Those with which {@code incident} is compared. */
    SortedSet<IncidentId> of(CityIncident incident) {
        SortedSet<IncidentId> found = new TreeSet<>();
        for (LinkKey key : incident.keys()) {
            if (key.kind().leadsToOthers() && isWorthComparing(key, incident)) {
                int at = Collections.binarySearch(index, new Mention(key, incident.startedAt(), incident.id()));
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

    private boolean has(int place, LinkKey key) {
        return index.get(place).key().equals(key);
    }

    /** That two are of the same common type ties them to nobody. */
    private static boolean isWorthComparing(LinkKey key, CityIncident incident) {
        return key.kind() != LinkKey.Kind.TYPE || Weights.isRare(incident.type().orElseThrow());
    }
}
