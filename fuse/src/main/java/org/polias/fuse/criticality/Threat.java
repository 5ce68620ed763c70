// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.polias.fuse.belief.Source;
import org.polias.fuse.language.Phrases;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;

/**
 * How threatening what happens is, by what its evidence shows of capability, opportunity and intent: each indicator multiplies the harm
 * of the hypotheses that it is about. Engineering judgement; all together count {@value #MOST} times at most.
 */
public final class Threat {

    /** No evidence, no indicators. */
    public static final Threat NONE = new Threat(List.of());

    static final double MOST = 4;
    /** Aimed single shots come slower: 100 a minute. */
    private static final double FAST_PER_MIN = 100;

    private static final double APART_M = 100;

    private static final Set<IncidentType> ATTACK = EnumSet.of(IncidentType.ARMED_ATTACK);
    private static final Set<IncidentType> ON_SYSTEMS =
            EnumSet.of(IncidentType.INTRUSION, IncidentType.CYBER_ATTACK, IncidentType.SABOTAGE);
    private static final Set<IncidentType> UNSEEN = EnumSet.of(IncidentType.ARMED_ATTACK, IncidentType.INTRUSION);

    private final List<Indicator> indicators;

    private Threat(List<Indicator> indicators) {
        this.indicators = indicators;
    }

    /** One indicator: which hypotheses' harm it multiplies by how much, and what was seen. */
    record Indicator(Set<IncidentType> types, double factor, String what) {}

    /** What {@code sources} show. */
    public static Threat of(List<Source> sources) {
        double weapons = 0;
        double rate_per_min = 0;
        Optional<Source> first = Optional.empty();
        double apart_m = 0;
        EnumSet<DetectionDomain> domains = EnumSet.noneOf(DetectionDomain.class);
        boolean forced = false;
        boolean blinded = false;
        for (Source source : sources) {
            domains.add(source.type().domain());
            forced |= source.type() == DetectionType.DOOR_FORCED;
            blinded |= source.type() == DetectionType.SENSORS_LOST_TOGETHER;
            if (source.type() == DetectionType.GUNSHOT || source.type() == DetectionType.EXPLOSION) {
                if (source.type() == DetectionType.GUNSHOT) {
                    weapons = Math.max(weapons, source.measured(Source.WEAPONS));
                    rate_per_min = Math.max(rate_per_min, source.measured(Source.RATE_PER_MIN));
                }
                if (first.isPresent()) {
                    double distance_m = source.spot()
                            .offset()
                            .minus(first.get().spot().offset())
                            .length_m();
                    double error_m =
                            source.spot().sigma_m() + first.get().spot().sigma_m();
                    // Three standard deviations, or it may be one place heard twice.
                    apart_m = distance_m > 3 * error_m ? Math.max(apart_m, distance_m) : apart_m;
                } else {
                    first = Optional.of(source);
                }
            }
        }
        List<Indicator> found = new ArrayList<>();
        if (weapons >= 2) {
            found.add(new Indicator(ATTACK, 2, "Capability: more than one weapon is heard"));
        }
        if (rate_per_min >= FAST_PER_MIN) {
            found.add(
                    new Indicator(ATTACK, 1.5, "Capability: %s shots a minute".formatted(Phrases.whole(rate_per_min))));
        }
        if (apart_m > APART_M) {
            found.add(new Indicator(
                    ATTACK,
                    1.5,
                    "Intent: it moves, or there are several: shots or explosions %s m apart"
                            .formatted(Phrases.whole(apart_m))));
        }
        if (domains.contains(DetectionDomain.ACCESS) && domains.contains(DetectionDomain.CYBER)) {
            found.add(new Indicator(
                    ON_SYSTEMS,
                    2,
                    "Intent: " + (forced ? "a forced door" : "refused access") + " and a network attack together"));
        }
        if (blinded && (domains.contains(DetectionDomain.ACCESS) || domains.contains(DetectionDomain.ACOUSTIC))) {
            found.add(new Indicator(UNSEEN, 1.5, "Opportunity: sensors that would see it were lost together"));
        }
        return found.isEmpty() ? NONE : new Threat(List.copyOf(found));
    }

    /** By how much the harm of {@code type} is multiplied: 1 or more. */
    double factor(IncidentType type) {
        double factor = 1;
        for (Indicator indicator : indicators) {
            if (indicator.types.contains(type)) {
                factor *= indicator.factor;
            }
        }
        return Math.min(MOST, factor);
    }

    /** A sentence for each indicator that is about one of {@code types}. */
    List<String> sentences(Set<IncidentType> types) {
        List<String> sentences = new ArrayList<>();
        for (Indicator indicator : indicators) {
            if (indicator.types.stream().anyMatch(types::contains)) {
                sentences.add("%s (harm times %s).".formatted(indicator.what, Phrases.number(indicator.factor)));
            }
        }
        return sentences;
    }
}
