// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import java.util.Arrays;

import org.polias.model.detection.DetectionType;
import org.polias.model.incident.IncidentType;

/**
 * How probable it is that the condition C of which a detection tells truly holds, given what is happening: P(C | h) for each
 * hypothesis, and P(C | nothing that matters).
 *
 * <p>A detector's claim o comes with L = P(o | C) / P(o | not C). What it weighs for h against "nothing that matters" follows by
 * summing C out:
 *
 * <pre>
 *   w(h) = ln ( (P(C|h) L + 1 - P(C|h)) / (P(C|0) L + 1 - P(C|0)) )
 * </pre>
 *
 * so that however sure a detector is, its claim weighs no more than ln(P(C|h) / P(C|0)): a microphone that is certain of a bang
 * is not certain of a shot. A hypothesis of which a condition is not typical gets a tenth of P(C | nothing): such a claim speaks
 * mildly against it. The numbers are engineering judgement until operators' verdicts calibrate them; {@code docs/fusion.md}
 * prints them.
 */
public final class Likelihoods {

    private static final IncidentType[] HYPOTHESES = IncidentType.values();
    private static final double[] NOTHING = new double[DetectionType.values().length];
    private static final double[][] GIVEN = new double[DetectionType.values().length][];
    private static final double[] HIGHEST = new double[DetectionType.values().length];
    private static final double[] MEAN = new double[DetectionType.values().length];

    static {
        for (DetectionType type : DetectionType.values()) {
            Row row = rowOf(type);
            NOTHING[type.ordinal()] = row.nothing;
            GIVEN[type.ordinal()] = row.given;
            HIGHEST[type.ordinal()] = Arrays.stream(row.given).max().orElseThrow();
            MEAN[type.ordinal()] = Arrays.stream(row.given).sum() / HYPOTHESES.length;
        }
    }

    private Likelihoods() {}

    /** P(the condition holds | {@code hypothesis}). */
    public static double given(DetectionType type, IncidentType hypothesis) {
        return GIVEN[type.ordinal()][hypothesis.ordinal()];
    }

    /** P(the condition holds | nothing that matters). */
    public static double givenNothing(DetectionType type) {
        return NOTHING[type.ordinal()];
    }

    /** The mean of P(the condition holds | h) over all hypotheses: what an incident of unknown type would give. */
    public static double givenUnknown(DetectionType type) {
        return MEAN[type.ordinal()];
    }

    /** Whether no other hypothesis makes the condition more probable than {@code hypothesis} does. */
    public static boolean explainsBest(IncidentType hypothesis, DetectionType type) {
        return given(type, hypothesis) == HIGHEST[type.ordinal()];
    }

    /** What a claim with {@code logLikelihoodRatio} ln L weighs for {@code hypothesis} against "nothing that matters". */
    public static double weight(DetectionType type, IncidentType hypothesis, double logLikelihoodRatio) {
        return logMixture(given(type, hypothesis), logLikelihoodRatio)
                - logMixture(givenNothing(type), logLikelihoodRatio);
    }

    /** ln(p L + 1 - p), without overflow for any finite ln L. */
    private static double logMixture(double p, double logL) {
        return logL > 0
                ? logL + StrictMath.log(p + (1 - p) * StrictMath.exp(-logL))
                : StrictMath.log(p * StrictMath.exp(logL) + (1 - p));
    }

    private static Row rowOf(DetectionType type) {
        return switch (type) {
            case IMPULSE_NOISE ->
                Row.rare(0.005)
                        .when(IncidentType.ARMED_ATTACK, 0.95)
                        // Fireworks, doors and backfires are as sudden; music, crowds and machines are not.
                        .when(IncidentType.HARMLESS_NOISE, 0.40)
                        .when(IncidentType.CROWD_CRUSH, 0.02)
                        .when(IncidentType.TOXIC_RELEASE, 0.05)
                        .when(IncidentType.INTRUSION, 0.03)
                        .when(IncidentType.SABOTAGE, 0.03)
                        .when(IncidentType.TECHNICAL_FAULT, 0.03);
            case GUNSHOT ->
                // Starting pistols, hunters and salutes are shots too, and rare in a city.
                Row.rare(0.0002)
                        .when(IncidentType.ARMED_ATTACK, 0.90)
                        .when(IncidentType.HARMLESS_NOISE, 0.01)
                        .when(IncidentType.INTRUSION, 0.01)
                        .when(IncidentType.SABOTAGE, 0.01);
            case EXPLOSION ->
                Row.rare(0.0005)
                        .when(IncidentType.ARMED_ATTACK, 0.30)
                        .when(IncidentType.HARMLESS_NOISE, 0.05)
                        .when(IncidentType.TOXIC_RELEASE, 0.10)
                        .when(IncidentType.SABOTAGE, 0.05)
                        .when(IncidentType.TECHNICAL_FAULT, 0.05);
            case SCREAM ->
                // People also scream for joy.
                Row.rare(0.02)
                        .when(IncidentType.ARMED_ATTACK, 0.50)
                        .when(IncidentType.HARMLESS_NOISE, 0.15)
                        .when(IncidentType.CROWD_CRUSH, 0.40)
                        .when(IncidentType.TOXIC_RELEASE, 0.20)
                        .when(IncidentType.INTRUSION, 0.05);
            case GLASS_BREAK ->
                Row.rare(0.01)
                        .when(IncidentType.ARMED_ATTACK, 0.05)
                        .when(IncidentType.HARMLESS_NOISE, 0.05)
                        .when(IncidentType.CROWD_CRUSH, 0.03)
                        .when(IncidentType.INTRUSION, 0.20)
                        .when(IncidentType.SABOTAGE, 0.05);
            case FIREWORK ->
                Row.rare(0.01)
                        .when(IncidentType.ARMED_ATTACK, 0.01)
                        .when(IncidentType.HARMLESS_NOISE, 0.60)
                        .when(IncidentType.CROWD_CRUSH, 0.03);
            case CROWD_DENSITY ->
                // Who hears shots runs, and the next square fills.
                Row.rare(0.01)
                        .when(IncidentType.ARMED_ATTACK, 0.30)
                        .when(IncidentType.HARMLESS_NOISE, 0.03)
                        .when(IncidentType.CROWD_CRUSH, 0.90)
                        .when(IncidentType.TOXIC_RELEASE, 0.10);
            case GAS_LEVEL ->
                Row.rare(0.001)
                        .when(IncidentType.ARMED_ATTACK, 0.005)
                        .when(IncidentType.TOXIC_RELEASE, 0.90)
                        .when(IncidentType.SABOTAGE, 0.02)
                        .when(IncidentType.TECHNICAL_FAULT, 0.05);
            case GAS_RATE ->
                Row.rare(0.01)
                        .when(IncidentType.ARMED_ATTACK, 0.02)
                        .when(IncidentType.TOXIC_RELEASE, 0.70)
                        .when(IncidentType.SABOTAGE, 0.02)
                        .when(IncidentType.TECHNICAL_FAULT, 0.05);
            case LEVEL ->
                Row.rare(0.004)
                        .when(IncidentType.ARMED_ATTACK, 0.03)
                        .when(IncidentType.HARMLESS_NOISE, 0.05)
                        .when(IncidentType.TOXIC_RELEASE, 0.10)
                        .when(IncidentType.CYBER_ATTACK, 0.03)
                        .when(IncidentType.SABOTAGE, 0.10)
                        .when(IncidentType.TECHNICAL_FAULT, 0.80);
            case RATE_OF_CHANGE ->
                Row.rare(0.05)
                        .when(IncidentType.ARMED_ATTACK, 0.05)
                        .when(IncidentType.HARMLESS_NOISE, 0.05)
                        .when(IncidentType.TOXIC_RELEASE, 0.10)
                        .when(IncidentType.CYBER_ATTACK, 0.05)
                        .when(IncidentType.SABOTAGE, 0.15)
                        .when(IncidentType.TECHNICAL_FAULT, 0.60);
            case DOOR_FORCED ->
                Row.rare(0.002)
                        .when(IncidentType.ARMED_ATTACK, 0.02)
                        .when(IncidentType.CROWD_CRUSH, 0.01)
                        .when(IncidentType.INTRUSION, 0.60)
                        .when(IncidentType.CYBER_ATTACK, 0.01)
                        .when(IncidentType.SABOTAGE, 0.05)
                        .when(IncidentType.TECHNICAL_FAULT, 0.02);
            case ACCESS_REFUSED ->
                Row.rare(0.02)
                        .when(IncidentType.INTRUSION, 0.50)
                        .when(IncidentType.CYBER_ATTACK, 0.05)
                        .when(IncidentType.SABOTAGE, 0.05)
                        .when(IncidentType.TECHNICAL_FAULT, 0.05);
            case NETWORK_ALERT ->
                Row.rare(0.01)
                        .when(IncidentType.INTRUSION, 0.03)
                        .when(IncidentType.CYBER_ATTACK, 0.90)
                        .when(IncidentType.SABOTAGE, 0.10)
                        .when(IncidentType.TECHNICAL_FAULT, 0.03);
            case NETWORK_ALERT_BURST ->
                Row.rare(0.002)
                        .when(IncidentType.INTRUSION, 0.02)
                        .when(IncidentType.CYBER_ATTACK, 0.70)
                        .when(IncidentType.SABOTAGE, 0.10)
                        .when(IncidentType.TECHNICAL_FAULT, 0.02);
            case SENSOR_SILENT ->
                Row.common(0.20)
                        .when(IncidentType.ARMED_ATTACK, 0.25)
                        .when(IncidentType.TOXIC_RELEASE, 0.25)
                        .when(IncidentType.INTRUSION, 0.30)
                        .when(IncidentType.SABOTAGE, 0.60)
                        .when(IncidentType.TECHNICAL_FAULT, 0.30);
            case SENSOR_STUCK ->
                Row.common(0.20).when(IncidentType.SABOTAGE, 0.30).when(IncidentType.TECHNICAL_FAULT, 0.35);
            case SENSOR_IMPLAUSIBLE ->
                Row.common(0.10).when(IncidentType.SABOTAGE, 0.20).when(IncidentType.TECHNICAL_FAULT, 0.25);
            case SENSORS_LOST_TOGETHER ->
                Row.common(0.002)
                        .when(IncidentType.ARMED_ATTACK, 0.03)
                        .when(IncidentType.TOXIC_RELEASE, 0.03)
                        .when(IncidentType.INTRUSION, 0.10)
                        .when(IncidentType.CYBER_ATTACK, 0.10)
                        .when(IncidentType.SABOTAGE, 0.80)
                        .when(IncidentType.TECHNICAL_FAULT, 0.10);
        };
    }

    /** One detection type's probabilities. */
    private record Row(double nothing, double[] given) {

        /** A condition that is not typical of a hypothesis unless it is said so. */
        static Row rare(double nothing) {
            return filled(nothing, nothing / 10);
        }

        /** A condition as common as ever under a hypothesis unless it is said otherwise. */
        static Row common(double nothing) {
            return filled(nothing, nothing);
        }

        private static Row filled(double nothing, double elsewhere) {
            double[] given = new double[HYPOTHESES.length];
            Arrays.fill(given, elsewhere);
            return new Row(nothing, given);
        }

        Row when(IncidentType hypothesis, double probability) {
            given[hypothesis.ordinal()] = probability;
            return this;
        }
    }
}
