// SPDX-License-Identifier: Apache-2.0
package org.polias.model.acoustics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.model.observation.Result;

/**
 * What one microphone's edge heard, without the sound itself: the result of an observation whose phenomenon time is the onset, the first
 * arrival of the sound at the microphone, by the edge's clock.
 *
 * @param onsetSigma_s one standard deviation of the onset's time, without the clock's own error
 * @param duration_s how long it lasted, as far as it was followed
 * @param level_dB the highest level with fast time weighting (125 ms): dB SPL (re 20 uPa) where {@code calibrated}, else dB re full scale
 * @param peak_dB the highest instantaneous level, in the same terms
 * @param snr_dB by how much the event's energy stands out of the background before it
 * @param calibrated whether the levels are sound pressure levels
 * @param probabilities of each class, given the classifier's priors; they sum to 1
 * @param priors the share of each class under which the probabilities hold: dividing the odds by it gives the likelihood ratio
 * @param classifier which model says so, with its version
 */
public record SoundEvent(
        double onsetSigma_s,
        double duration_s,
        double level_dB,
        double peak_dB,
        double snr_dB,
        boolean calibrated,
        Map<SoundClass, Double> probabilities,
        Map<SoundClass, Double> priors,
        String classifier) {

    /** The type of the event record in which it travels. */
    public static final String TYPE = "acoustic.event";

    /** @throws IllegalArgumentException if a number is not finite, a deviation negative, or probabilities are none */
    public SoundEvent {
        requireFinite("onset_sigma_s", onsetSigma_s);
        requireFinite("duration_s", duration_s);
        requireFinite("level_dB", level_dB);
        requireFinite("peak_dB", peak_dB);
        requireFinite("snr_dB", snr_dB);
        if (onsetSigma_s < 0 || duration_s < 0) {
            throw new IllegalArgumentException(
                    "The onset's deviation (%s s) and the duration (%s s) cannot be negative."
                            .formatted(onsetSigma_s, duration_s));
        }
        probabilities = distribution("probabilities", probabilities);
        priors = distribution("priors", priors);
    }

    /** The natural logarithm of P(what was heard | it is {@code soundClass}) / P(what was heard | it is another). */
    public double logLikelihoodRatio(SoundClass soundClass) {
        return logOdds(probabilities.getOrDefault(soundClass, 0.0)) - logOdds(priors.getOrDefault(soundClass, 0.0));
    }

    /** The {@linkplain CentredLogRatio evidence} for {@code soundClass}. */
    public double evidence(SoundClass soundClass) {
        return CentredLogRatio.of(probabilities, soundClass);
    }

    /** The most probable class. */
    public SoundClass mostProbable() {
        SoundClass best = SoundClass.AMBIENT;
        double most = -1;
        for (Map.Entry<SoundClass, Double> each : probabilities.entrySet()) {
            if (each.getValue() > most) {
                most = each.getValue();
                best = each.getKey();
            }
        }
        return best;
    }

    /** The form in which it travels; {@link #find} reads it. */
    public Result.EventRecord toResult() {
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("onset_sigma_s", Double.toString(onsetSigma_s));
        attributes.put("duration_s", Double.toString(duration_s));
        attributes.put("level_dB", Double.toString(level_dB));
        attributes.put("peak_dB", Double.toString(peak_dB));
        attributes.put("snr_dB", Double.toString(snr_dB));
        attributes.put("calibrated", Boolean.toString(calibrated));
        attributes.put("classifier", classifier);
        probabilities.forEach((each, p) -> attributes.put("p." + each.code(), Double.toString(p)));
        priors.forEach((each, p) -> attributes.put("prior." + each.code(), Double.toString(p)));
        return new Result.EventRecord(TYPE, attributes);
    }

    /** The event in a record; empty where the record is of another type or does not say what it must. */
    public static Optional<SoundEvent> find(Result.EventRecord event) {
        if (!event.type().equals(TYPE)) {
            return Optional.empty();
        }
        Map<String, String> attributes = event.attributes();
        try {
            return Optional.of(new SoundEvent(
                    number(attributes, "onset_sigma_s"),
                    number(attributes, "duration_s"),
                    number(attributes, "level_dB"),
                    number(attributes, "peak_dB"),
                    number(attributes, "snr_dB"),
                    Boolean.parseBoolean(attributes.getOrDefault("calibrated", "false")),
                    classes(attributes, "p."),
                    classes(attributes, "prior."),
                    attributes.getOrDefault("classifier", "unknown")));
        } catch (IllegalArgumentException notOfThisForm) {
            return Optional.empty();
        }
    }

    private static double number(Map<String, String> attributes, String name) {
        String text = attributes.get(name);
        if (text == null) {
            throw new IllegalArgumentException("The attribute %s is missing.".formatted(name));
        }
        return Double.parseDouble(text);
    }

    private static Map<SoundClass, Double> classes(Map<String, String> attributes, String prefix) {
        Map<SoundClass, Double> found = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            String text = attributes.get(prefix + each.code());
            if (text != null) {
                found.put(each, Double.parseDouble(text));
            }
        }
        return found;
    }

    private static Map<SoundClass, Double> distribution(String name, Map<SoundClass, Double> given) {
        double sum = 0;
        for (Map.Entry<SoundClass, Double> each : given.entrySet()) {
            double p = each.getValue();
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("The %s have %s for %s."
                        .formatted(name, p, each.getKey().code()));
            }
            sum += p;
        }
        if (!(Math.abs(sum - 1) < 1e-3)) {
            throw new IllegalArgumentException("The %s sum to %s instead of 1.".formatted(name, sum));
        }
        return Collections.unmodifiableMap(new EnumMap<>(given));
    }

    /** Nobody who listens to a microphone is ever surer than this. */
    private static double logOdds(double p) {
        double bounded = Math.clamp(p, 1e-6, 1 - 1e-6);
        return StrictMath.log(bounded / (1 - bounded));
    }

    private static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("%s is %s.".formatted(name, value));
        }
    }
}
