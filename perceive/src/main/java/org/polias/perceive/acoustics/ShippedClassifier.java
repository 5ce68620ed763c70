// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.polias.model.acoustics.SoundClass;

/**
 * The classifier that Polias comes with: a small network that {@code ./polias train acoustics} taught, with its calibration in the same
 * file. What it was taught with, how good it is and what it cannot do is in {@code docs/models/acoustics.md}.
 *
 * <p>It looks at a {@link LevelledPatch}: how loud a recording is says nothing.
 */
public final class ShippedClassifier implements SoundClassifier {

    /** Where the file lies, beside this class. */
    static final String RESOURCE = "acoustics.onnx";

    /** Under which names the file keeps what is no weight: its name, its classes, and the calibration. */
    private static final String NAME = "name";

    private static final String CLASSES = "classes";
    private static final String TEMPERATURE = "temperature";
    private static final String OFFSET = "offset.";
    private static final String PRIOR = "prior.";
    private static final String CLIP_SLOPE = "clip.slope";
    private static final String CLIP_OFFSET = "clip.offset";

    private static final long[] SHAPE = {1, 1, LogMel.PATCH_FRAMES, LogMel.BANDS};

    private final OnnxModel model;
    private final String name;
    private final Calibration calibration;
    private final ClipHearing.Scale clipScale;
    private final LevelledPatch levelled = new LevelledPatch();
    private final float[] patch = new float[LevelledPatch.SIZE];

    private ShippedClassifier(OnnxModel model) {
        Map<String, String> metadata = model.metadata();
        this.model = model;
        this.name = metadata.getOrDefault(NAME, model.name());
        String classes = metadata.getOrDefault(CLASSES, "");
        if (!classes.equals(classes())) {
            throw new UnusableModel(
                    "%s tells the classes [%s], not [%s].%nMaybe it is another version's: train it again with './polias train acoustics'."
                            .formatted(model.name(), classes, classes()));
        }
        this.calibration = calibration(model.name(), metadata);
        this.clipScale = new ClipHearing.Scale(
                number(model.name(), metadata, CLIP_SLOPE), number(model.name(), metadata, CLIP_OFFSET));
    }

    /** Opens the one in this version. */
    public static ShippedClassifier open() {
        try (@Nullable InputStream resource = ShippedClassifier.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("The resource %s is missing.".formatted(RESOURCE));
            }
            return of(RESOURCE, resource.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Opens one that {@code ./polias train acoustics} wrote.
     *
     * @param name what to call the file where something is wrong
     * @throws UnusableModel if it is none
     */
    public static ShippedClassifier of(String name, byte[] file) {
        OnnxModel model = OnnxModel.of(name, file);
        try {
            return new ShippedClassifier(model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Whether a file looks like one of this kind: whether it says which of our classes it tells.
     *
     * @throws UnusableModel if it is no model at all
     */
    public static boolean isOne(String name, byte[] file) {
        try (OnnxModel model = OnnxModel.of(name, file)) {
            return model.metadata().containsKey(CLASSES);
        }
    }

    /** What is written into the file beside the network, so that {@link #of} finds it. */
    public static Map<String, String> metadata(String name, Calibration calibration, ClipHearing.Scale clipScale) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(NAME, name);
        metadata.put(CLASSES, classes());
        metadata.put(CLIP_SLOPE, Double.toString(clipScale.slope()));
        metadata.put(CLIP_OFFSET, Double.toString(clipScale.offset()));
        metadata.put(TEMPERATURE, Double.toString(calibration.temperature()));
        for (SoundClass each : SoundClass.values()) {
            metadata.put(
                    OFFSET + each.code(), Double.toString(calibration.offsets().getOrDefault(each, 0.0)));
            metadata.put(
                    PRIOR + each.code(), Double.toString(calibration.priors().getOrDefault(each, 0.0)));
        }
        return metadata;
    }

    private static Calibration calibration(String file, Map<String, String> metadata) {
        Map<SoundClass, Double> offsets = new EnumMap<>(SoundClass.class);
        Map<SoundClass, Double> priors = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            offsets.put(each, number(file, metadata, OFFSET + each.code()));
            priors.put(each, number(file, metadata, PRIOR + each.code()));
        }
        return new Calibration(number(file, metadata, TEMPERATURE), offsets, priors);
    }

    private static double number(String file, Map<String, String> metadata, String key) {
        String text = metadata.getOrDefault(key, "");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new UnusableModel("%s has '%s' for %s.".formatted(file, text, key), e);
        }
    }

    private static String classes() {
        return Arrays.stream(SoundClass.values()).map(SoundClass::code).collect(Collectors.joining(","));
    }

    @Override
    public String name() {
        return name;
    }

    /** What makes a probability of its evidence for a whole clip. */
    public ClipHearing.Scale clipScale() {
        return clipScale;
    }

    @Override
    public Map<SoundClass, Double> priors() {
        return calibration.priors();
    }

    @Override
    public Map<SoundClass, Double> classify(float[] window) {
        return calibration.probabilities(evidence(window));
    }

    /** The network's logit of each class, in their order: what the {@link Calibration} is fitted on. */
    public double[] evidence(float[] window) {
        levelled.of(window, patch);
        float[] logits = model.run(patch, SHAPE, model.outputs().getFirst());
        double[] evidence = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            evidence[c] = logits[c];
        }
        return evidence;
    }

    @Override
    public void close() {
        model.close();
    }
}
