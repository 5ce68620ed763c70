// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.ShippedClassifier;
import org.polias.perceive.acoustics.SoundClassifier;

import static org.assertj.core.api.Assertions.assertThat;

class TeacherTest {

    private static final Training SHORT = new Training(3, 24, 8, 2, 0.004, 1e-4, 0.05);
    private static final Training.Progress UNSEEN = (_, _, _) -> {};

    /** Bangs are shots, tones are horns, the rest is noise. */
    private static float[] sound(SoundClass soundClass, int length, Draw draw) {
        float[] x = new float[length];
        double f = draw.between(300, 900);
        for (int n = 0; n < length; n++) {
            double noise = draw.gaussian();
            x[n] = (float)
                    switch (soundClass) {
                        case GUNSHOT -> n < 3200 ? 0.001 * noise : 0.3 * noise * Math.exp(-(n - 3200) / 1500.0);
                        case HORN -> 0.3 * Math.sin(2 * Math.PI * f * n / SoundClassifier.SAMPLE_RATE_HZ);
                        default -> 0.1 * noise;
                    };
        }
        return x;
    }

    private static SoundClass soundClass(long index) {
        return switch ((int) (index % 3)) {
            case 0 -> SoundClass.GUNSHOT;
            case 1 -> SoundClass.HORN;
            default -> SoundClass.AMBIENT;
        };
    }

    private static TrainingSounds sounds(long seed) {
        return index -> way -> new TrainingSounds.Example(
                sound(soundClass(index), SoundClassifier.WINDOW_SAMPLES, new Draw(seed + 31 * index + way)),
                soundClass(index));
    }

    private static Teacher.Taught teach(Workers workers) {
        TrainingClips clips = index ->
                new TrainingClips.Clip(sound(soundClass(index), 24_000, new Draw(77 + index)), soundClass(index));
        return new Teacher("tiny", SHORT, 48, 12).teach(sounds(1), sounds(99), clips, workers, UNSEEN);
    }

    @Test
    void theSameSoundsAndSeedGiveTheSameFileWithAnyNumberOfThreads() {
        Teacher.Taught alone = teach(Workers.ALONE);
        Teacher.Taught together =
                teach((count, task) -> IntStream.range(0, count).parallel().forEach(task));

        assertThat(together.file()).isEqualTo(alone.file());
    }

    @Test
    void itLearnsToTellABangFromATone() {
        Teacher.Taught taught = teach(Workers.ALONE);

        assertThat(taught.right()).isGreaterThan(0.6);
        try (ShippedClassifier classifier = ShippedClassifier.of("tiny", taught.file())) {
            float[] bang = sound(SoundClass.GUNSHOT, SoundClassifier.WINDOW_SAMPLES, new Draw(1234));
            float[] tone = sound(SoundClass.HORN, SoundClassifier.WINDOW_SAMPLES, new Draw(1234));
            assertThat(classifier.name()).isEqualTo("tiny");
            assertThat(classifier.classify(bang).get(SoundClass.GUNSHOT))
                    .isGreaterThan(3 * classifier.classify(tone).get(SoundClass.GUNSHOT));
        }
    }
}
