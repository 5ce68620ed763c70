// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.polias.model.acoustics.SoundClass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShippedClassifierTest {

    private static byte[] file() throws IOException {
        try (InputStream resource = ShippedClassifier.class.getResourceAsStream(ShippedClassifier.RESOURCE)) {
            return resource.readAllBytes();
        }
    }

    private static float[] noise(double gain) {
        float[] window = new float[SoundClassifier.WINDOW_SAMPLES];
        long bits = 1;
        for (int n = 0; n < window.length; n++) {
            bits = bits * 6364136223846793005L + 1442695040888963407L;
            double decay = n < SoundClassifier.ONSET_SAMPLE ? 0.01 : Math.exp(-(n - 3200) / 3000.0);
            window[n] = (float) (gain * decay * (bits >> 40) / (1 << 23));
        }
        return window;
    }

    @Test
    void theFileIsTheOneThatTheModelCardDescribes() throws IOException, NoSuchAlgorithmException {
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file()));

        assertThat(Files.readString(Path.of("../docs/models/acoustics.md"))).contains(hash);
        assertThat(file().length).isLessThan(2 << 20);
    }

    @Test
    void probabilitiesSumToOneWhateverIsHeard() {
        try (ShippedClassifier classifier = ShippedClassifier.open()) {
            for (float[] window : new float[][] {noise(0.5), noise(1e-6), new float[SoundClassifier.WINDOW_SAMPLES]}) {
                Map<SoundClass, Double> probabilities = classifier.classify(window);

                assertThat(probabilities.values().stream().mapToDouble(p -> p).sum())
                        .isCloseTo(1, Offset.offset(1e-9));
                assertThat(probabilities).hasSize(SoundClass.values().length);
            }
            assertThat(classifier.priors().values().stream().mapToDouble(p -> p).sum())
                    .isCloseTo(1, Offset.offset(1e-9));
        }
    }

    @Test
    void howLoudARecordingIsChangesNothing() {
        try (ShippedClassifier classifier = ShippedClassifier.open()) {
            double loud = classifier.classify(noise(0.9)).get(SoundClass.GUNSHOT);
            double faint = classifier.classify(noise(0.009)).get(SoundClass.GUNSHOT);

            assertThat(faint).isCloseTo(loud, Offset.offset(1e-3));
        }
    }

    @Test
    void anotherModelIsRefusedWithAdvice() {
        byte[] nothing = {1, 2, 3};
        assertThatThrownBy(() -> ShippedClassifier.of("mine.onnx", nothing))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("mine.onnx")
                .hasMessageContaining("Maybe");
    }
}
