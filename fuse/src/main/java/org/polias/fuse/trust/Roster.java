// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.trust;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import org.polias.model.Sorted;
import org.polias.model.detection.DetectionType;

/**
 * The sensors that claimed something by themselves, by name.
 *
 * @param reporters at most {@link #MOST}; beyond that the one that was silent longest is forgotten
 */
public record Roster(SortedMap<String, Reporter> reporters) {

    /** Of nobody. */
    public static final Roster EMPTY = new Roster(new TreeMap<>());

    static final int MOST = 2000;
    /** A claim that comes sooner after the last is not written down. */
    private static final long NOTED_AFTER_S = 2;

    public Roster {
        reporters = Sorted.copyOf(reporters);
    }

    /** The roster once {@code sensor} claimed {@code type} at {@code time}; itself where that is no news. */
    public Roster claimed(String sensor, DetectionType type, Instant time, Instant at) {
        Reporter known = reporters.get(sensor);
        if (known != null
                && known.types().contains(type.code())
                && time.isBefore(known.lastClaim().plusSeconds(NOTED_AFTER_S))) {
            return this;
        }
        TreeSet<String> types = new TreeSet<>();
        types.add(type.code());
        Reporter next;
        if (known == null) {
            next = new Reporter(types, 0, 0, at, time);
        } else {
            types.addAll(known.types());
            next = new Reporter(
                    types,
                    known.contradicted(),
                    known.borneOut(),
                    known.vettedAt(),
                    time.isAfter(known.lastClaim()) ? time : known.lastClaim());
        }
        return with(sensor, next);
    }

    /** The roster once it was judged how far the others bear out what {@code sensor} claimed. */
    public Roster vetted(String sensor, double contradicted, double borneOut, Instant at) {
        Reporter known = reporters.get(sensor);
        return known == null ? this : with(sensor, known.vetted(contradicted, borneOut, at));
    }

    /** The sensor of this name, if it ever claimed something. */
    public Optional<Reporter> find(String sensor) {
        return Optional.ofNullable(reporters.get(sensor));
    }

    /** The probability that this sensor lies; 0 of one of which nothing was contradicted. */
    public double lies(String sensor) {
        Reporter reporter = reporters.get(sensor);
        return reporter == null ? 0 : reporter.lies();
    }

    private Roster with(String sensor, Reporter reporter) {
        TreeMap<String, Reporter> next = new TreeMap<>(reporters);
        next.put(sensor, reporter);
        if (next.size() > MOST) {
            next.remove(next.entrySet().stream()
                    .min(Comparator.comparing((Map.Entry<String, Reporter> each) ->
                                    each.getValue().lastClaim())
                            .thenComparing(Map.Entry::getKey))
                    .orElseThrow()
                    .getKey());
        }
        return new Roster(next);
    }
}
