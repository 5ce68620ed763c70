// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.nio.file.Path;
import java.util.Arrays;

import org.polias.edge.media.AudioFiles;
import org.polias.edge.media.AudioStream;
import org.polias.perceive.acoustics.SoundClassifier;

/** Whole files of sound, for what looks at them as a whole. */
final class Clips {

    /** A longer one is cut off here. */
    static final int MOST_S = 600;

    private Clips() {}

    /** What became of reading a file. */
    sealed interface Read {

        /** 16 kHz, mono, -1 to 1. */
        record Sound(float[] samples) implements Read {}

        record Unreadable(String reason) implements Read {}
    }

    /** Reads a file. What could be decoded of a damaged one counts, if there is any. */
    static Read read(Path file) {
        return switch (AudioFiles.open(file)) {
            case AudioFiles.Opening.Refused refused ->
                new Read.Unreadable(refused.fault().message());
            case AudioFiles.Opening.Opened opened -> read(opened.stream());
        };
    }

    private static Read read(AudioStream opened) {
        try (AudioStream stream = opened) {
            float[] samples = new float[8 * SoundClassifier.SAMPLE_RATE_HZ];
            int length = 0;
            int most = MOST_S * SoundClassifier.SAMPLE_RATE_HZ;
            while (length < most) {
                if (length == samples.length) {
                    samples = Arrays.copyOf(samples, Math.min(most, 2 * length));
                }
                int got = stream.read(samples, length, samples.length - length);
                if (got < 0) {
                    break;
                }
                length += got;
            }
            if (length == 0) {
                return new Read.Unreadable(
                        stream.findFault().map(fault -> fault.message()).orElse("There is no sound in it."));
            }
            return new Read.Sound(Arrays.copyOf(samples, length));
        }
    }
}
