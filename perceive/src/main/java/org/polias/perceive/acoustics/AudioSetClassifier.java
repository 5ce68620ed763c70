// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.model.acoustics.SoundClass;

/**
 * Any network in ONNX that was trained on AudioSet, YAMNet for one: each of its classes speaks for one of ours.
 *
 * <p>What it wants to be given is seen from its input: 16 kHz sound of about a second ({@code [1, 15600]}, {@code [n]}), or patches of
 * {@link LogMel} ({@code [n, 96, 64]}, {@code [n, 1, 96, 64]}, {@code [n, 96, 64, 1]}). Its output is the one whose last dimension is as long as the
 * class map; scores of several frames are averaged, and what is outside 0 to 1 is taken for logits.
 *
 * <p><b>Evidence.</b> A class of ours has the highest score s among those that speak for it, and z = ln(s / (1 - s)). Such models name
 * all that they hear, the general beside the particular: "Explosion" with gunshots, fireworks and thunder, "Bang" with gunshots,
 * "Vehicle" with horns and sirens. The score of the general is therefore multiplied by 1 - s of the strongest of the particular.
 * The {@link Calibration} makes probabilities of z.
 */
public final class AudioSetClassifier implements SoundClassifier {

    /** No score means more than this or less than its complement. */
    private static final double LEAST_SCORE = 1e-4;
    /** How far from our window's length the length may be that a network wants, in samples. */
    private static final int LENGTH_TOLERANCE = 800;

    /** How loud the noise is in which it is seen whether the output are logits. */
    private static final double PROBE_AMPLITUDE = 0.1;

    /** The general classes, and the particular ones that account for them. */
    private static final Map<SoundClass, List<SoundClass>> ACCOUNTED_FOR_BY = Map.of(
            SoundClass.EXPLOSION, List.of(SoundClass.GUNSHOT, SoundClass.FIREWORK, SoundClass.THUNDER),
            SoundClass.IMPACT, List.of(SoundClass.GUNSHOT, SoundClass.FIREWORK, SoundClass.GLASS),
            SoundClass.ENGINE, List.of(SoundClass.HORN, SoundClass.SIREN));

    private enum Input {
        WAVEFORM,
        PATCHES
    }

    private final OnnxModel model;
    private final AudioSetClasses classes;
    private final Calibration calibration;
    private final Input input;
    private final long[] shape;
    private final OnnxModel.Port output;
    private final boolean isLogit;
    private final LogMel logMel = new LogMel();
    private final float[] given;

    private AudioSetClassifier(OnnxModel model, AudioSetClasses classes, Calibration calibration) {
        this.model = model;
        this.classes = classes;
        this.calibration = calibration;
        if (model.inputs().size() != 1) {
            throw new UnusableModel("%s has %d inputs instead of one: %s"
                    .formatted(model.name(), model.inputs().size(), model.inputs()));
        }
        OnnxModel.Port port = model.inputs().getFirst();
        this.shape = wanted(model, port);
        this.input = shape.length >= 3 && shape[shape.length - 1] != WINDOW_SAMPLES ? Input.PATCHES : Input.WAVEFORM;
        int size = 1;
        for (long length : shape) {
            size = Math.multiplyExact(size, Math.toIntExact(length));
        }
        this.given = new float[size];
        this.output = scores(model, classes.count());
        this.isLogit = isLogit();
    }

    /**
     * Opens a model.
     *
     * @param name what to call it: its file's name
     * @param model the bytes of the .onnx file
     * @param classMapName what to call the class map
     * @param classMap its text: comma-separated values with a column {@code display_name}, in the order of the model's output
     * @param calibration what makes probabilities of its evidence
     * @throws UnusableModel if it is no such model, or if it and the class map do not belong together
     */
    public static AudioSetClassifier of(
            String name, byte[] model, String classMapName, String classMap, Calibration calibration) {
        AudioSetClasses classes = AudioSetClasses.of(classMapName, classMap);
        OnnxModel opened = OnnxModel.of(name, model);
        try {
            return new AudioSetClassifier(opened, classes, calibration);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Map<SoundClass, Double> priors() {
        return calibration.priors();
    }

    @Override
    public Map<SoundClass, Double> classify(float[] window) {
        return calibration.probabilities(evidence(scores(window)));
    }

    /** The scores of the model's own classes, 0 to 1. */
    public float[] scores(float[] window) {
        float[] scores = rawScores(window);
        if (isLogit) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (1 / (1 + StrictMath.exp(-scores[i])));
            }
        }
        return scores;
    }

    /** The evidence for each of our classes, in their order: what a {@link Calibration} is fitted on. */
    public double[] evidence(float[] scores) {
        SoundClass[] ours = SoundClass.values();
        double[] evidence = new double[ours.length];
        for (SoundClass each : ours) {
            double score = classes.highest(scores, each);
            double ofOthers = 0;
            for (SoundClass other : ACCOUNTED_FOR_BY.getOrDefault(each, List.of())) {
                ofOthers = Math.max(ofOthers, classes.highest(scores, other));
            }
            score *= 1 - ofOthers;
            double bounded = Math.clamp(score, LEAST_SCORE, 1 - LEAST_SCORE);
            evidence[each.ordinal()] = StrictMath.log(bounded / (1 - bounded));
        }
        return evidence;
    }

    private float[] rawScores(float[] window) {
        if (window.length != WINDOW_SAMPLES) {
            throw new IllegalArgumentException(
                    "A window has %d samples instead of %d.".formatted(window.length, WINDOW_SAMPLES));
        }
        switch (input) {
            case WAVEFORM -> System.arraycopy(window, 0, given, 0, Math.min(given.length, WINDOW_SAMPLES));
            case PATCHES -> logMel.patch(window, 0, given);
        }
        float[] all = model.run(given, shape, output);
        int count = classes.count();
        if (all.length == 0 || all.length % count != 0) {
            throw new UnusableModel(
                    "%s gives %d numbers, and the class map has %d classes.%nMaybe it is another model's class map."
                            .formatted(model.name(), all.length, count));
        }
        if (all.length == count) {
            return all;
        }
        float[] mean = new float[count];
        for (int i = 0; i < all.length; i++) {
            mean[i % count] += all[i] * count / all.length;
        }
        return mean;
    }

    /** Whether the scores are not what a sigmoid or softmax gives; seen from windows of silence and of noise. */
    private boolean isLogit() {
        float[] window = new float[WINDOW_SAMPLES];
        boolean isLogit = isOutside(rawScores(window));
        long bits = 1;
        for (int i = 0; i < window.length; i++) {
            bits = bits * 6364136223846793005L + 1442695040888963407L;
            window[i] = (float) (PROBE_AMPLITUDE * (bits >> 40) / (1 << 23));
        }
        return isOutside(rawScores(window)) || isLogit;
    }

    private static boolean isOutside(float[] scores) {
        for (float score : scores) {
            if (score < 0 || score > 1) {
                return true;
            }
        }
        return false;
    }

    /** The shape to give, with open dimensions filled in. */
    private static long[] wanted(OnnxModel model, OnnxModel.Port port) {
        List<Long> shape = port.shape();
        if (!port.isFloat()) {
            throw new UnusableModel(
                    "The input %s of %s is not of 32-bit floating-point numbers.".formatted(port, model.name()));
        }
        boolean endsInOne = shape.size() == 4 && shape.getLast() == 1;
        int bandsAt = shape.size() - (endsInOne ? 2 : 1);
        boolean isPatches = shape.size() >= 3
                && isOr(shape.get(bandsAt), LogMel.BANDS)
                && isOr(shape.get(bandsAt - 1), LogMel.PATCH_FRAMES);
        boolean isWaveform = !isPatches
                && !shape.isEmpty()
                && (shape.getLast() == OnnxModel.ANY || Math.abs(shape.getLast() - WINDOW_SAMPLES) <= LENGTH_TOLERANCE);
        long[] wanted = new long[shape.size()];
        for (int i = 0; i < wanted.length; i++) {
            boolean isMain = isPatches ? i == bandsAt || i == bandsAt - 1 : i == wanted.length - 1;
            if (!isMain && !isOr(shape.get(i), 1) || !isPatches && !isWaveform) {
                throw new UnusableModel(
                        ("The input %s of %s is neither a second of 16 kHz sound (about [1, %d]) nor a log-mel patch ([1, %d, %d])."
                                        + "%nMaybe it was made for another sample rate or front end.")
                                .formatted(port, model.name(), WINDOW_SAMPLES, LogMel.PATCH_FRAMES, LogMel.BANDS));
            }
            wanted[i] = shape.get(i) == OnnxModel.ANY ? 1 : shape.get(i);
        }
        if (isPatches) {
            wanted[bandsAt] = LogMel.BANDS;
            wanted[bandsAt - 1] = LogMel.PATCH_FRAMES;
        } else if (shape.getLast() == OnnxModel.ANY) {
            wanted[wanted.length - 1] = WINDOW_SAMPLES;
        }
        return wanted;
    }

    private static boolean isOr(long length, long wanted) {
        return length == OnnxModel.ANY || length == wanted;
    }

    private static OnnxModel.Port scores(OnnxModel model, int count) {
        List<OnnxModel.Port> floats =
                model.outputs().stream().filter(OnnxModel.Port::isFloat).toList();
        Optional<OnnxModel.Port> exact =
                floats.stream().filter(port -> port.lastDimension() == count).findFirst();
        return exact.or(() -> floats.stream()
                        .filter(port -> port.lastDimension() == OnnxModel.ANY)
                        .findFirst())
                .orElseThrow(() -> new UnusableModel(
                        "%s has no output for the %d classes of the class map; it has %s.%nMaybe it is another model's class map."
                                .formatted(model.name(), count, model.outputs())));
    }

    @Override
    public void close() {
        model.close();
    }
}
