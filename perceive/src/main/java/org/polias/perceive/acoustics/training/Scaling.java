// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.Calibration;
import org.polias.perceive.acoustics.ClipHearing;

/** Fits a {@link Calibration} to evidence for sounds that training did not see, by the steepest way down of their cross-entropy. */
public final class Scaling {

    private static final int ITERATIONS = 600;
    private static final double RATE = 0.05;
    /** How much an offset must be worth: the variance of its prior is 1 / this. */
    private static final double STIFFNESS = 0.02;

    private Scaling() {}

    /**
     * A sound's evidence.
     *
     * @param evidence the logit of each class, in the order of {@link SoundClass#values()}
     */
    public record Witness(double[] evidence, SoundClass soundClass) {}

    /**
     * The calibration under which the witnesses' classes are most probable, if the classes had these priors.
     *
     * @param priors the shares of the classes; each witness weighs as much as its class is more frequent under them than among the witnesses
     */
    public static Calibration fit(List<Witness> witnesses, Map<SoundClass, Double> priors) {
        int classes = SoundClass.values().length;
        double[] count = new double[classes];
        for (Witness each : witnesses) {
            count[each.soundClass().ordinal()]++;
        }
        double[] weight = new double[classes];
        double total = 0;
        for (int c = 0; c < classes; c++) {
            double prior = priors.getOrDefault(SoundClass.values()[c], 0.0);
            weight[c] = count[c] > 0 ? prior / count[c] : 0;
            total += count[c] > 0 ? prior : 0;
        }
        // The logarithm of 1/T, and b/T: in these the cross-entropy is nearly a bowl.
        double[] at = new double[classes + 1];
        double[] momentum = new double[classes + 1];
        double[] square = new double[classes + 1];
        double[] p = new double[classes];
        for (int iteration = 1; iteration <= ITERATIONS; iteration++) {
            double[] gradient = new double[classes + 1];
            double sharpness = StrictMath.exp(at[classes]);
            for (Witness each : witnesses) {
                double share = weight[each.soundClass().ordinal()] / total;
                probabilities(each.evidence(), sharpness, at, p);
                for (int c = 0; c < classes; c++) {
                    double excess = share * (p[c] - (c == each.soundClass().ordinal() ? 1 : 0));
                    gradient[c] += excess;
                    gradient[classes] += excess * each.evidence()[c] * sharpness;
                }
            }
            for (int i = 0; i <= classes; i++) {
                gradient[i] += (i < classes ? STIFFNESS : 0) * at[i] / witnesses.size();
                momentum[i] = 0.9 * momentum[i] + 0.1 * gradient[i];
                square[i] = 0.99 * square[i] + 0.01 * gradient[i] * gradient[i];
                double direction = momentum[i]
                        / (1 - StrictMath.pow(0.9, iteration))
                        / (StrictMath.sqrt(square[i] / (1 - StrictMath.pow(0.99, iteration))) + 1e-9);
                at[i] -= RATE * (1 - (iteration - 1.0) / ITERATIONS) * direction;
            }
        }
        double temperature = StrictMath.exp(-at[classes]);
        Map<SoundClass, Double> offsets = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            offsets.put(each, at[each.ordinal()] * temperature);
        }
        return new Calibration(temperature, offsets, priors);
    }

    private static void probabilities(double[] evidence, double sharpness, double[] offsets, double[] p) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < p.length; c++) {
            p[c] = evidence[c] * sharpness + offsets[c];
            most = Math.max(most, p[c]);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = StrictMath.exp(p[c] - most);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
    }

    /**
     * The scale under which clips with a shot and clips without are most probable (logistic regression, by Newton's method), if
     * {@link ClipHearing.Scale#PRIOR} of them had one.
     *
     * @param evidence of each clip
     * @param isShot whether it has a shot; there are some of either
     */
    public static ClipHearing.Scale fit(double[] evidence, boolean[] isShot) {
        double shots = 0;
        for (boolean each : isShot) {
            shots += each ? 1 : 0;
        }
        double ofShot = ClipHearing.Scale.PRIOR / shots;
        double ofOther = (1 - ClipHearing.Scale.PRIOR) / (isShot.length - shots);
        double slope = 1;
        double offset = 0;
        for (int iteration = 0; iteration < 50; iteration++) {
            // A weak prior holds the slope near 1 where all clips are told apart without error.
            double gs = 1e-3 * (slope - 1);
            double go = 0;
            double hss = 1e-3;
            double hso = 0;
            double hoo = 1e-6;
            for (int i = 0; i < evidence.length; i++) {
                double p = new ClipHearing.Scale(slope, offset).probability(evidence[i]);
                double weight = isShot[i] ? ofShot : ofOther;
                double excess = weight * (p - (isShot[i] ? 1 : 0));
                double curve = weight * p * (1 - p);
                gs += excess * evidence[i];
                go += excess;
                hss += curve * evidence[i] * evidence[i];
                hso += curve * evidence[i];
                hoo += curve;
            }
            double determinant = hss * hoo - hso * hso;
            slope -= Math.clamp((hoo * gs - hso * go) / determinant, -0.5, 0.5);
            offset -= Math.clamp((hss * go - hso * gs) / determinant, -1, 1);
        }
        return new ClipHearing.Scale(slope, offset);
    }
}
