// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.polias.fuse.belief.Belief;
import org.polias.fuse.belief.Opening;
import org.polias.fuse.belief.Source;
import org.polias.fuse.belief.Witnesses;
import org.polias.fuse.language.Phrases;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.model.city.Asset;
import org.polias.model.detection.EntityRef;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;

/**
 * Criticality as expected serious harm:
 *
 * <pre>
 *   score = sum over h of (P(h) - P0(h))+ x people within reach(h) x vulnerability x importance x harm per person(h)
 * </pre>
 *
 * P0 is what was thought before any evidence: a network alert does not inherit the everyday risk of an attack on the people
 * around it. A score from 0.01, 0.1, 1, 10 on is LOW, MEDIUM, HIGH, CRITICAL; but a probability below 10 % never makes more
 * than MEDIUM, one below 50 % never more than HIGH: rows of likelihood and columns of consequence, as in an ISO 31000 matrix. One witness
 * alone ({@link Witnesses}) never makes more than HIGH: who holds one sensor must not hold the city.
 *
 * <p><b>People within reach</b> is an expectation over where it may have happened. With R the type's danger radius and s the
 * standard deviation of the place in a direction, whoever is at the best estimate lies within R with the probability
 * w = 1 - exp(-R2 / (2 s2)), and everyone within R / sqrt(w) of the estimate is counted with w. That is exact for people who stand
 * at the estimate and for people who stand evenly all around it. What was heard from afar thus endangers few of those who heard it.
 */
public final class Assessment {

    private static final double LOW = 0.01;
    private static final double MEDIUM = 0.1;
    private static final double HIGH = 1;
    private static final double CRITICAL = 10;
    private static final double PROBABLE_ENOUGH_FOR_HIGH = 0.1;
    private static final double PROBABLE_ENOUGH_FOR_CRITICAL = 0.5;

    private static final IncidentType[] HYPOTHESES = IncidentType.values();

    private Assessment() {}

    /** How much it matters that {@code belief} holds at {@code spot}, of what {@code entities} are. */
    public static Criticality of(
            Belief belief, Spot spot, List<EntityRef> entities, List<Source> sources, SiteModel site) {
        double importance = 1;
        String important = "";
        for (EntityRef entity : entities) {
            if (entity.kind().equals(EntityRef.ASSET)) {
                Asset asset = site.findAsset(entity.value()).orElse(null);
                if (asset != null && (important.isEmpty() || asset.importance() > importance)) {
                    importance = asset.importance();
                    important = asset.name();
                }
            }
        }
        List<Contribution> contributions = new ArrayList<>();
        double score = 0;
        for (IncidentType type : HYPOTHESES) {
            if (Opening.matters(type) && belief.gained(type) > 0) {
                Contribution contribution = contribution(type, belief, spot, importance, site);
                contributions.add(contribution);
                score += contribution.score;
            }
        }
        contributions.sort(Comparator.comparingDouble(Contribution::score).reversed());
        double probability = belief.probabilityThatItMatters();
        CriticalityLevel byScore = byScore(score);
        CriticalityLevel most = most(probability);
        CriticalityLevel probable = byScore.compareTo(most) <= 0 ? byScore : most;
        boolean alone = probable == CriticalityLevel.CRITICAL
                && Witnesses.of(belief.hypotheses().getFirst().type(), sources) < 2;
        CriticalityLevel level = alone ? CriticalityLevel.HIGH : probable;
        List<String> reasons = new ArrayList<>();
        for (Contribution contribution : contributions.subList(0, Math.min(2, contributions.size()))) {
            reasons.add(contribution.sentence(site.vulnerability(), importance));
        }
        if (!important.isEmpty() && importance != 1) {
            reasons.add("It concerns " + important + ", which is " + Phrases.number(importance)
                    + " times as important as an ordinary asset.");
        }
        if (site.peopleAssumed()) {
            reasons.add("How many people are here is not configured: " + Phrases.whole(site.expectedPeople())
                    + " are assumed.");
        }
        reasons.add(verdict(score, byScore, probable, probability));
        if (alone) {
            reasons.add("Only one independent witness says so: it counts as HIGH until another does.");
        }
        double people = contributions.isEmpty() ? 1 : contributions.getFirst().people;
        return new Criticality(level, probability, people, score, reasons);
    }

    private static Contribution contribution(
            IncidentType type, Belief belief, Spot spot, double importance, SiteModel site) {
        Harm harm = Harm.of(type);
        boolean wholeSite = harm.wholeSite() || !spot.located();
        double chance = wholeSite ? 1 : chanceWithin(harm.radius_m(), spot.sigma_m());
        double spread_m = wholeSite ? 0 : harm.radius_m() / Math.sqrt(chance);
        double around = wholeSite ? site.expectedPeople() : site.peopleWithin(spot.offset(), spread_m);
        double people = Math.max(1, chance * around);
        double score = belief.gained(type) * people * site.vulnerability() * importance * harm.perPerson();
        return new Contribution(
                type,
                belief.probability(type),
                belief.probabilityBefore(type),
                people,
                wholeSite ? 0 : harm.radius_m(),
                around,
                spread_m,
                chance,
                harm.perPerson(),
                score);
    }

    /** The probability that what happened lies within {@code radius_m} of the best estimate of its place. */
    private static double chanceWithin(double radius_m, double sigma_m) {
        double ratio = radius_m / sigma_m;
        return sigma_m == 0 ? 1 : -StrictMath.expm1(-ratio * ratio / 2);
    }

    private static CriticalityLevel byScore(double score) {
        if (score >= CRITICAL) {
            return CriticalityLevel.CRITICAL;
        }
        if (score >= HIGH) {
            return CriticalityLevel.HIGH;
        }
        if (score >= MEDIUM) {
            return CriticalityLevel.MEDIUM;
        }
        return score >= LOW ? CriticalityLevel.LOW : CriticalityLevel.NEGLIGIBLE;
    }

    private static CriticalityLevel most(double probability) {
        if (probability >= PROBABLE_ENOUGH_FOR_CRITICAL) {
            return CriticalityLevel.CRITICAL;
        }
        return probability >= PROBABLE_ENOUGH_FOR_HIGH ? CriticalityLevel.HIGH : CriticalityLevel.MEDIUM;
    }

    private static double from(CriticalityLevel level) {
        return switch (level) {
            case NEGLIGIBLE -> 0;
            case LOW -> LOW;
            case MEDIUM -> MEDIUM;
            case HIGH -> HIGH;
            case CRITICAL -> CRITICAL;
        };
    }

    private static String verdict(double score, CriticalityLevel byScore, CriticalityLevel level, double probability) {
        StringBuilder sentence = new StringBuilder("In all ")
                .append(Phrases.number(score))
                .append(", which is ")
                .append(byScore);
        if (byScore == CriticalityLevel.NEGLIGIBLE) {
            sentence.append(" (below ").append(Phrases.number(LOW)).append(')');
        } else {
            sentence.append(" (from ").append(Phrases.number(from(byScore))).append(" on)");
        }
        if (level != byScore) {
            sentence.append("; with a probability of ")
                    .append(Phrases.percent(probability))
                    .append(" it counts as ")
                    .append(level);
        }
        return sentence.append('.').toString();
    }

    /**
     * What one hypothesis adds to the score.
     *
     * @param people how many are to be expected within {@code reach_m}, which is 0 where it is the whole site
     * @param around how many are within {@code spread_m} of the best estimate, each with this {@code chance} of being within reach
     */
    private record Contribution(
            IncidentType type,
            double probability,
            double before,
            double people,
            double reach_m,
            double around,
            double spread_m,
            double chance,
            double perPerson,
            double score) {

        /** From here on the place is as good as certain: it is no longer said that it may lie elsewhere. */
        private static final double CERTAIN_ENOUGH = 0.99;

        String sentence(double vulnerability, double importance) {
            StringBuilder sentence = new StringBuilder(160);
            String name = Phrases.hypothesis(type);
            sentence.append(Character.toUpperCase(name.charAt(0)))
                    .append(name, 1, name.length())
                    .append(" has ")
                    .append(Phrases.percent(probability))
                    .append(" (")
                    .append(Phrases.percent(before))
                    .append(" before the evidence); ")
                    .append(Phrases.whole(people))
                    .append(people < 1.5 ? " person" : " people");
            if (reach_m > 0) {
                sentence.append(" within ").append(Phrases.whole(reach_m)).append(" m");
                if (chance < CERTAIN_ENOUGH) {
                    sentence.append(" (of ")
                            .append(Phrases.whole(around))
                            .append(" within ")
                            .append(Phrases.whole(spread_m))
                            .append(" m, each with ")
                            .append(Phrases.percent(chance))
                            .append(": its place is uncertain)");
                }
            } else {
                sentence.append(" on the site");
            }
            sentence.append(", vulnerability ").append(Phrases.number(vulnerability));
            if (importance != 1) {
                sentence.append(", importance ").append(Phrases.number(importance));
            }
            return sentence.append(", serious harm to 1 in ")
                    .append(Phrases.whole(1 / perPerson))
                    .append(": ")
                    .append(Phrases.number(score))
                    .append(" harmed are to be expected.")
                    .toString();
        }
    }
}
