// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.polias.model.acoustics.SoundClass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class AudioSetClassifierTest {

    private static final int WINDOW = SoundClassifier.WINDOW_SAMPLES;
    private static final int PATCH = LogMel.PATCH_FRAMES * LogMel.BANDS;
    private static final String THREE = """
            index,mid,display_name
            0,/m/1,"Gunshot, gunfire"
            1,/m/2,Explosion
            2,/m/3,"Speech"
            """;
    private static final Calibration ASSUMED = Calibration.assumed(Calibration.ASSUMED_PRIORS);

    @TestFactory
    Stream<DynamicTest> itSeesWhatTheModelWantsToBeGiven() {
        return Stream.of(
                        new Shape(WINDOW, WINDOW),
                        new Shape(WINDOW, 1, WINDOW),
                        new Shape(WINDOW, -1, WINDOW),
                        new Shape(WINDOW, 1, -1),
                        new Shape(WINDOW, -1),
                        new Shape(WINDOW, 1, 1, WINDOW),
                        new Shape(16_000, 1, 16_000),
                        new Shape(PATCH, 1, 96, 64),
                        new Shape(PATCH, -1, 96, 64),
                        new Shape(PATCH, -1, 1, 96, 64),
                        new Shape(PATCH, 1, 96, 64, 1))
                .map(shape -> DynamicTest.dynamicTest(shape.toString(), () -> {
                    boolean isPatch = shape.size == PATCH;
                    // The first sample is 0.5; the first band of silence is ln 0.001 = -6.9, and noise shows that it is
                    // a logit.
                    float[] row = isPatch ? new float[] {-0.1f, 0, 0} : new float[] {1.4f, 0, 0};
                    float[] window = new float[WINDOW];
                    window[0] = isPatch ? 0 : 0.5f;
                    try (AudioSetClassifier classifier =
                            classifier(TinyOnnx.linear(shape.lengths, shape.size, row, new long[] {1, 3}))) {
                        assertThat(classifier.scores(window)[0]).isCloseTo(isPatch ? 0.666f : 0.7f, within(0.001f));
                        assertThat(classifier.classify(window).get(SoundClass.GUNSHOT))
                                .isGreaterThan(0.5);
                    }
                }));
    }

    private record Shape(int size, long... lengths) {
        @Override
        public String toString() {
            return Arrays.toString(lengths);
        }
    }

    @Test
    void whatIsOutsideOneIsALogit() {
        byte[] model = TinyOnnx.linear(new long[] {1, WINDOW}, WINDOW, new float[] {100, -100, 0}, new long[] {1, 3});
        float[] window = new float[WINDOW];
        window[0] = 0.02f;
        try (AudioSetClassifier classifier = classifier(model)) {
            assertThat(classifier.scores(window)).containsExactly(new float[] {0.8808f, 0.1192f, 0.5f}, within(1e-4f));
        }
    }

    @Test
    void anExplosionIsNotAnExplosionAsFarAsAGunshotAccountsForIt() {
        byte[] model = TinyOnnx.linear(new long[] {1, WINDOW}, WINDOW, new float[] {0, 0, 0}, new long[] {1, 3});
        try (AudioSetClassifier classifier = classifier(model)) {
            double[] shot = classifier.evidence(new float[] {0.9f, 0.95f, 0});
            assertThat(shot[SoundClass.GUNSHOT.ordinal()]).isGreaterThan(shot[SoundClass.EXPLOSION.ordinal()] + 4);
            double[] blast = classifier.evidence(new float[] {0.02f, 0.95f, 0});
            assertThat(blast[SoundClass.EXPLOSION.ordinal()]).isGreaterThan(blast[SoundClass.GUNSHOT.ordinal()] + 6);
        }
    }

    @Test
    void theCalibrationHasTheLastWord() {
        byte[] model = TinyOnnx.linear(new long[] {1, WINDOW}, WINDOW, new float[] {0.9f, 0, 0}, new long[] {1, 3});
        float[] window = new float[WINDOW];
        window[0] = 1;
        Calibration doubtful = new Calibration(4, Map.of(SoundClass.GUNSHOT, -8.0), Calibration.ASSUMED_PRIORS);
        try (AudioSetClassifier sure = classifier(model);
                AudioSetClassifier unsure = AudioSetClassifier.of("tiny", model, "map", THREE, doubtful)) {
            assertThat(unsure.classify(window).get(SoundClass.GUNSHOT))
                    .isLessThan(sure.classify(window).get(SoundClass.GUNSHOT));
            assertThat(unsure.classify(window).values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void aModelForAnotherInputIsRefusedWithItsShape() {
        byte[] model = TinyOnnx.linear(new long[] {1, 48_000}, 48_000, new float[3], new long[] {1, 3});
        assertThatThrownBy(() -> classifier(model))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("input [1, 48000] of tiny")
                .hasMessageContaining("\nMaybe ");
    }

    @Test
    void aClassMapOfAnotherModelIsRefused() {
        byte[] model = TinyOnnx.linear(new long[] {1, WINDOW}, WINDOW, new float[4], new long[] {1, 4});
        assertThatThrownBy(() -> classifier(model))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("tiny has no output for the 3 classes of the class map; it has [scores [1, 4]]");
        assertThatThrownBy(() -> AudioSetClassifier.of("tiny", model, "map.csv", "cat\ndog-like thing\n", ASSUMED)
                        .close())
                .isInstanceOf(UnusableModel.class);
    }

    @Test
    void aClassMapThatIsNoneIsRefused() {
        for (String text :
                List.of("", "\n\n", "index,mid,display_name\n", "a,b\n1,2\n", "index,mid,display_name\n0\n")) {
            assertThatThrownBy(() -> AudioSetClassifier.of("tiny", new byte[0], "map.csv", text, ASSUMED)
                            .close())
                    .as("%s", text)
                    .isInstanceOf(UnusableModel.class)
                    .hasMessageContaining("map.csv");
        }
    }

    @Test
    void whatIsNoModelIsRefused() {
        for (byte[] bytes : List.of(new byte[0], "no model at all".getBytes(), new byte[] {8, 8, 18})) {
            assertThatThrownBy(() -> classifier(bytes))
                    .isInstanceOf(UnusableModel.class)
                    .hasMessageStartingWith("tiny is no model that ONNX Runtime");
        }
    }

    @Test
    void theScoresAreThoseOfYamnetsReference() throws IOException {
        byte[] model = Files.readAllBytes(SharedData.path("models/yamnet.onnx"));
        String map = Files.readString(SharedData.path("models/yamnet_class_map.csv"));
        try (AudioSetClassifier yamnet = AudioSetClassifier.of("yamnet.onnx", model, "map", map, ASSUMED)) {
            for (YamnetReference reference : YamnetReference.all()) {
                assertThat(yamnet.scores(reference.waveform()))
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(reference.scores());
            }
        }
    }

    private static AudioSetClassifier classifier(byte[] model) {
        return AudioSetClassifier.of("tiny", model, "map", THREE, ASSUMED);
    }
}
