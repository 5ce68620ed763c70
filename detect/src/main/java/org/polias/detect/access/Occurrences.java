// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.detect.Measured;

/** Events of the recent past by what they happened to: immutable maps, bounded in time and number. */
final class Occurrences {

    /** More doors or credentials than this are not followed at once; those without an event for longest are forgotten first. */
    static final int MOST_KEYS = 256;

    /** Of each, the newest so many are remembered: more than any number of refusals that a detector waits for. */
    static final int MOST_EACH = 64;

    private Occurrences() {}

    /** The newest event of all. */
    static Instant newest(SortedMap<String, List<Occurrence>> known) {
        Instant newest = Instant.MIN;
        for (List<Occurrence> occurrences : known.values()) {
            newest = Measured.later(newest, occurrences.getLast().at());
        }
        return newest;
    }

    /**
     * With one more event, in its place in time, and without what lies further than {@code window} before the newest: also the
     * new one itself, if it comes that late.
     */
    static TreeMap<String, List<Occurrence>> add(
            SortedMap<String, List<Occurrence>> known, String key, Occurrence more, Duration window) {
        TreeMap<String, List<Occurrence>> all = new TreeMap<>(known);
        List<Occurrence> own = new ArrayList<>(all.getOrDefault(key, List.of()));
        int place = own.size();
        while (place > 0 && own.get(place - 1).at().isAfter(more.at())) {
            place--;
        }
        own.add(place, more);
        if (own.size() > MOST_EACH) {
            own.removeFirst();
        }
        all.put(key, List.copyOf(own));

        Instant oldest = newest(all).minus(window);
        for (String each : List.copyOf(all.keySet())) {
            List<Occurrence> fresh =
                    all.get(each).stream().filter(o -> !o.at().isBefore(oldest)).toList();
            if (fresh.isEmpty()) {
                all.remove(each);
            } else {
                all.put(each, fresh);
            }
        }
        while (all.size() > MOST_KEYS) {
            all.remove(stalest(all));
        }
        return all;
    }

    private static String stalest(SortedMap<String, List<Occurrence>> all) {
        String stalest = all.firstKey();
        for (Map.Entry<String, List<Occurrence>> entry : all.entrySet()) {
            if (entry.getValue()
                    .getLast()
                    .at()
                    .isBefore(all.get(stalest).getLast().at())) {
                stalest = entry.getKey();
            }
        }
        return stalest;
    }
}
