// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.fuse.language.Phrases;
import org.polias.fuse.site.Area;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.ZoneCount;
import org.polias.model.incident.CriticalityContext;

/**
 * Where people are now: what was counted in a zone within the last ten minutes, else what the context in force says, else what is
 * expected on a busy day.
 */
public final class Crowd {

    /** Older counts say nothing of now: a stand empties in less than ten minutes. */
    public static final Duration FRESH_FOR = Duration.ofMinutes(10);

    private final SiteModel site;
    private final List<ZoneCount> counts;
    private final Instant freshSince;
    private final Optional<CriticalityContext> occasion;
    private final double share;

    private Crowd(SiteModel site, List<ZoneCount> counts, Instant at) {
        this.site = site;
        this.counts = counts;
        freshSince = at.minus(FRESH_FOR);
        // Of two occasions at once, the one that draws more people.
        CriticalityContext largest = null;
        for (CriticalityContext context : site.criticality().context()) {
            if (context.people().isPresent()
                    && context.isOn(at)
                    && (largest == null
                            || context.people().get() > largest.people().get())) {
                largest = context;
            }
        }
        occasion = Optional.ofNullable(largest);
        share = occasion.flatMap(CriticalityContext::people)
                .map(people -> (double) people / site.expectedPeople())
                .orElse(1.0);
    }

    /** Where people are {@code at} that time, of whom {@code counts} were counted. */
    public static Crowd of(SiteModel site, List<ZoneCount> counts, Instant at) {
        return new Crowd(site, counts, at);
    }

    /** How many are in a zone. */
    double in(Area area) {
        double counted = counted(area);
        return counted >= 0 ? counted : area.expectedPeople() * share;
    }

    /** How many are on the site outside its zones. */
    double outsideZones() {
        return site.unzonedPeople() * share;
    }

    /** How many are on the whole site. */
    double onSite() {
        double people = outsideZones();
        for (Area area : site.areas()) {
            people += in(area);
        }
        return people;
    }

    /** Where the numbers come from, a sentence; nothing where all are what is expected and nothing else is known. */
    Optional<String> sentence() {
        int counted = 0;
        int populated = 0;
        double people = 0;
        for (Area area : site.areas()) {
            double here = counted(area);
            if (here >= 0) {
                counted++;
                people += here;
            }
            if (here >= 0 || area.expectedPeople() > 0) {
                populated++;
            }
        }
        String rest = occasion.map(context -> "%s is on, for which %s people are expected"
                        .formatted(
                                context.name(), Phrases.whole(context.people().orElseThrow())))
                .orElse("the usual numbers are taken");
        if (counted > 0) {
            return Optional.of("Counted within the last %s: %s people in %d of %d zones%s."
                    .formatted(
                            Phrases.duration(FRESH_FOR),
                            Phrases.whole(people),
                            counted,
                            populated,
                            counted < populated ? "; for the others " + rest : ""));
        }
        if (occasion.isPresent()) {
            return Optional.of("Nobody is being counted here now; " + rest + ".");
        }
        return counts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Nobody was counted within the last %s: %s.".formatted(Phrases.duration(FRESH_FOR), rest));
    }

    /** How many were counted there and freshly, -1 where none were. */
    private double counted(Area area) {
        double people = -1;
        for (ZoneCount count : counts) {
            if (count.zone().equals(area.id()) && !count.at().isBefore(freshSince)) {
                people = Math.max(0, people) + count.people();
            }
        }
        return people;
    }
}
