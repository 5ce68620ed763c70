// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.criticality;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
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
import org.polias.model.incident.Certainty;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityContext;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.CriticalityMatrix;
import org.polias.model.incident.CriticalityRules;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.Severity;
import org.polias.model.incident.Urgency;

/**
 * Criticality as likelihood and consequence on a matrix. Each hypothesis h that the evidence made more probable has
 *
 * <pre>
 *   likelihood   (P(h) - P0(h))+
 *   consequence  people within reach(h) x vulnerability x importance x threat(h) x harm per person(h)
 * </pre>
 *
 * P0 is what was thought before any evidence: a network alert does not inherit the everyday risk of an attack on the people
 * around it. The likelihoods of all hypotheses whose consequence is at least as large add up, as on a curve of societal risk (F-N),
 * and the level is the highest in which the matrix ({@link org.polias.model.incident.CriticalityRules}) has a point of that curve. Then
 * the context raises or lowers it by its steps, but no higher than the matrix goes for that likelihood. The score is what is to be
 * expected: the sum of likelihood x consequence. One witness alone ({@link Witnesses}) never makes more than HIGH: who holds one sensor must
 * not hold the city.
 *
 * <p><b>People within reach</b> is an expectation over where it may have happened. With R the type's danger radius and s the
 * standard deviation of the place in a direction, whoever is at the best estimate lies within R with the probability
 * w = 1 - exp(-R2 / (2 s2)), and everyone within R / sqrt(w) of the estimate is counted with w. That is exact for people who stand
 * at the estimate and for people who stand evenly all around it. What was heard from afar thus endangers few of those who heard it.
 */
public final class Assessment {

    /** From how many seriously harmed on, if it is true, it is severe for CAP; a tenth is moderate, tenfold extreme. */
    private static final double SEVERE = 1;

    private static final Duration RECENT = Duration.ofMinutes(10);
    private static final Duration OVER = Duration.ofHours(1);

    private static final IncidentType[] HYPOTHESES = IncidentType.values();
    private static final CriticalityLevel[] LEVELS = CriticalityLevel.values();

    private Assessment() {}

    /**
     * How much it matters that {@code belief} holds at {@code spot}, of what {@code entities} are.
     *
     * @param sources what claimed it
     * @param crowd where people are
     * @param at now
     */
    public static Criticality of(
            Belief belief,
            Spot spot,
            List<EntityRef> entities,
            List<Source> sources,
            Crowd crowd,
            Instant at,
            SiteModel site) {
        Threat threat = Threat.of(sources);
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
                Contribution contribution = contribution(type, belief, spot, importance, threat, crowd, site);
                contributions.add(contribution);
                score += contribution.score;
            }
        }
        contributions.sort(Comparator.comparingDouble(Contribution::score).reversed());
        double probability = belief.probabilityThatItMatters();
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
        if (!contributions.isEmpty()) {
            crowd.sentence().ifPresent(reasons::add);
        }
        EnumSet<IncidentType> types = EnumSet.noneOf(IncidentType.class);
        contributions.forEach(contribution -> types.add(contribution.type));
        reasons.addAll(threat.sentences(types));
        CriticalityLevel believed = level(contributions, spot, at, site, reasons);
        boolean alone = believed == CriticalityLevel.CRITICAL
                && Witnesses.of(belief.hypotheses().getFirst().type(), sources) < 2;
        CriticalityLevel level = alone ? CriticalityLevel.HIGH : believed;
        if (alone) {
            reasons.add("Only one independent witness says so: it counts as HIGH until another does.");
        }
        return new Criticality(
                level,
                probability,
                contributions.isEmpty() ? 1 : contributions.getFirst().people,
                score,
                reasons,
                severity(contributions),
                urgency(contributions, sources, at),
                Certainty.of(probability),
                site.criticality().revision());
    }

    private static CriticalityLevel level(
            List<Contribution> contributions, Spot spot, Instant at, SiteModel site, List<String> reasons) {
        CriticalityRules rules = site.criticality();
        CriticalityMatrix matrix = rules.matrix();
        int row = 0;
        int column = 0;
        int likeliest = 0;
        double likelihood = 0;
        double consequence = 0;
        for (Contribution one : contributions) {
            double atLeast = 0;
            for (Contribution other : contributions) {
                atLeast += other.consequence >= one.consequence ? other.likelihood : 0;
            }
            int itsRow = matrix.row(atLeast);
            int itsColumn = matrix.column(one.consequence);
            likeliest = Math.max(likeliest, itsRow);
            int better = matrix.level(itsRow, itsColumn).compareTo(matrix.level(row, column));
            if (better > 0 || better == 0 && one.consequence * atLeast > consequence * likelihood) {
                row = itsRow;
                column = itsColumn;
                likelihood = atLeast;
                consequence = one.consequence;
            }
        }
        CriticalityLevel level = matrix.level(row, column);
        reasons.add(
                "The evidence adds %s to the probability of harm to %s or more: row %d and column %d of the matrix (rules %s), which is %s."
                        .formatted(
                                Phrases.percent(likelihood),
                                Phrases.number(consequence),
                                row + 1,
                                column + 1,
                                rules.revision(),
                                level));
        return contributions.isEmpty() ? level : inContext(level, likeliest, contributions, spot, at, site, reasons);
    }

    /** The level in the context that is in force; no higher than the matrix goes for what is so likely. */
    private static CriticalityLevel inContext(
            CriticalityLevel byMatrix,
            int row,
            List<Contribution> contributions,
            Spot spot,
            Instant at,
            SiteModel site,
            List<String> reasons) {
        int steps = 0;
        for (CriticalityContext context : site.criticality().context()) {
            if (context.steps() != 0
                    && context.isOn(at)
                    && isHere(context, spot, site)
                    && (context.types().isEmpty()
                            || contributions.stream()
                                    .anyMatch(one -> context.types().contains(one.type)))) {
                steps += context.steps();
                int by = Math.abs(context.steps());
                reasons.add("%s: it counts %d %s %s."
                        .formatted(
                                context.name(),
                                by,
                                by == 1 ? "level" : "levels",
                                context.steps() > 0 ? "higher" : "lower"));
            }
        }
        if (steps == 0) {
            return byMatrix;
        }
        CriticalityLevel most = site.criticality().matrix().levels().get(row).getLast();
        int moved = Math.clamp(byMatrix.ordinal() + steps, 0, LEVELS.length - 1);
        CriticalityLevel level = LEVELS[Math.max(Math.min(moved, most.ordinal()), Math.min(moved, byMatrix.ordinal()))];
        reasons.add(
                level.ordinal() < moved
                        ? "In all it counts as %s: no more than what is so likely can.".formatted(level)
                        : "In all it counts as %s.".formatted(level));
        return level;
    }

    /** Whether the context holds at {@code spot}; of what may be anywhere on the site it does. */
    private static boolean isHere(CriticalityContext context, Spot spot, SiteModel site) {
        if (context.zone().isEmpty() || !spot.located()) {
            return true;
        }
        return site.findArea(context.zone().get().value())
                .map(area -> area.shape().contains(site.frame().toPosition(spot.offset())))
                .orElse(false);
    }

    /** How badly people are threatened by the worst of what the evidence made as probable as anything else, or a tenth of it. */
    private static Severity severity(List<Contribution> contributions) {
        double likeliest = 0;
        for (Contribution one : contributions) {
            likeliest = Math.max(likeliest, one.likelihood);
        }
        double worst = -1;
        for (Contribution one : contributions) {
            if (one.likelihood >= likeliest / 10) {
                worst = Math.max(worst, one.consequence);
            }
        }
        if (worst < 0) {
            return Severity.UNKNOWN;
        }
        if (worst >= 10 * SEVERE) {
            return Severity.EXTREME;
        }
        if (worst >= SEVERE) {
            return Severity.SEVERE;
        }
        return worst >= SEVERE / 10 ? Severity.MODERATE : Severity.MINOR;
    }

    private static Urgency urgency(List<Contribution> contributions, List<Source> sources, Instant at) {
        if (contributions.isEmpty() || sources.isEmpty()) {
            return Urgency.UNKNOWN;
        }
        boolean lasts = false;
        boolean recent = false;
        boolean past = true;
        for (Source source : sources) {
            lasts |= source.active();
            recent |= !source.lastAt().isBefore(at.minus(RECENT));
            past &= source.lastAt().isBefore(at.minus(OVER));
        }
        if (past && !lasts) {
            return Urgency.PAST;
        }
        return switch (contributions.getFirst().type) {
            case ARMED_ATTACK, CROWD_CRUSH, TOXIC_RELEASE -> lasts || recent ? Urgency.IMMEDIATE : Urgency.EXPECTED;
            case INTRUSION, CYBER_ATTACK, SABOTAGE -> lasts || recent ? Urgency.EXPECTED : Urgency.FUTURE;
            case TECHNICAL_FAULT, HARMLESS_NOISE -> Urgency.FUTURE;
        };
    }

    private static Contribution contribution(
            IncidentType type,
            Belief belief,
            Spot spot,
            double importance,
            Threat threat,
            Crowd crowd,
            SiteModel site) {
        Harm harm = Harm.of(type);
        boolean wholeSite = harm.wholeSite() || !spot.located();
        double chance = wholeSite ? 1 : chanceWithin(harm.radius_m(), spot.sigma_m());
        double spread_m = wholeSite ? 0 : harm.radius_m() / Math.sqrt(chance);
        double around = wholeSite
                ? crowd.onSite()
                : site.peopleWithin(spot.offset(), spread_m, crowd::in, crowd.outsideZones());
        double people = Math.max(1, chance * around);
        double consequence = people * site.vulnerability() * importance * threat.factor(type) * harm.perPerson();
        double likelihood = belief.gained(type);
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
                threat.factor(type),
                likelihood,
                consequence,
                likelihood * consequence);
    }

    /** The probability that what happened lies within {@code radius_m} of the best estimate of its place. */
    private static double chanceWithin(double radius_m, double sigma_m) {
        double ratio = radius_m / sigma_m;
        return sigma_m == 0 ? 1 : -StrictMath.expm1(-ratio * ratio / 2);
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
            double threat,
            double likelihood,
            double consequence,
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
            if (threat != 1) {
                sentence.append(", threat ").append(Phrases.number(threat));
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
