// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

import org.polias.model.acoustics.SoundClass;

/**
 * Turns a network's evidence into probabilities that mean what they say: temperature and vector scaling (Guo et al. 2017),
 * p = softmax((z + b) / T). Temperature and offsets are fitted on sounds that training did not see.
 *
 * @param temperature T, above 0; 1 where nothing was fitted
 * @param offsets b of each class, natural logarithm; a class that is missing has 0
 * @param priors the shares of the classes for which the offsets were fitted: under these the probabilities hold
 */
public record Calibration(double temperature, Map<SoundClass, Double> offsets, Map<SoundClass, Double> priors) {

    /**
     * The shares that are assumed where none were counted: what makes a microphone in a street listen up, thinking of a night
     * on which something happens. Set by judgement, not by measurement.
     */
    public static final Map<SoundClass, Double> ASSUMED_PRIORS = shares(Map.ofEntries(
            Map.entry(SoundClass.GUNSHOT, 0.06),
            Map.entry(SoundClass.EXPLOSION, 0.02),
            Map.entry(SoundClass.SCREAM, 0.03),
            Map.entry(SoundClass.GLASS, 0.03),
            Map.entry(SoundClass.FIREWORK, 0.06),
            Map.entry(SoundClass.THUNDER, 0.03),
            Map.entry(SoundClass.BACKFIRE, 0.03),
            Map.entry(SoundClass.IMPACT, 0.15),
            Map.entry(SoundClass.CROWD, 0.05),
            Map.entry(SoundClass.VOICE, 0.10),
            Map.entry(SoundClass.ANIMAL, 0.08),
            Map.entry(SoundClass.HORN, 0.05),
            Map.entry(SoundClass.SIREN, 0.03),
            Map.entry(SoundClass.ENGINE, 0.10),
            Map.entry(SoundClass.TOOL, 0.05),
            Map.entry(SoundClass.MUSIC, 0.05),
            Map.entry(SoundClass.AMBIENT, 0.08)));

    /** @throws IllegalArgumentException if the temperature is not above 0, or a number is not finite */
    public Calibration {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("The temperature is %s.".formatted(temperature));
        }
        offsets.forEach((each, offset) -> {
            if (!Double.isFinite(offset)) {
                throw new IllegalArgumentException("The offset of %s is %s.".formatted(each.code(), offset));
            }
        });
        offsets = shares(offsets);
        priors = shares(priors);
    }

    /** Nothing was fitted: offsets are the logarithms of the priors, so that evidence of 0 changes nothing. */
    public static Calibration assumed(Map<SoundClass, Double> priors) {
        Map<SoundClass, Double> offsets = new EnumMap<>(SoundClass.class);
        priors.forEach((each, share) -> offsets.put(each, StrictMath.log(share)));
        return new Calibration(1, offsets, priors);
    }

    /**
     * The probabilities; they sum to 1.
     *
     * @param evidence z of each class, in the order of {@link SoundClass#values()}
     */
    public Map<SoundClass, Double> probabilities(double[] evidence) {
        SoundClass[] classes = SoundClass.values();
        double[] scaled = new double[classes.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < classes.length; i++) {
            scaled[i] = (evidence[i] + offsets.getOrDefault(classes[i], 0.0)) / temperature;
            most = Math.max(most, scaled[i]);
        }
        double sum = 0;
        for (int i = 0; i < classes.length; i++) {
            scaled[i] = StrictMath.exp(scaled[i] - most);
            sum += scaled[i];
        }
        Map<SoundClass, Double> probabilities = new EnumMap<>(SoundClass.class);
        for (int i = 0; i < classes.length; i++) {
            probabilities.put(classes[i], scaled[i] / sum);
        }
        return probabilities;
    }

    private static Map<SoundClass, Double> shares(Map<SoundClass, Double> given) {
        Map<SoundClass, Double> copy = new EnumMap<>(SoundClass.class);
        copy.putAll(given);
        return Collections.unmodifiableMap(copy);
    }
}
