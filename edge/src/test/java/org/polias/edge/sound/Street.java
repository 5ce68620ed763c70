// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;

/** What a microphone in a calm street sends, with a bang in it. */
final class Street {

    private Street() {}

    /** Faint noise of so many seconds, and after {@code bang_s} a bang that dies away within a quarter of a second. */
    static float[] withBang(int rate_Hz, double seconds, double bang_s) {
        SplittableRandom random = new SplittableRandom(7);
        float[] samples = new float[(int) (seconds * rate_Hz)];
        for (int i = 0; i < samples.length; i++) {
            double since_s = (double) i / rate_Hz - bang_s;
            double bang = since_s < 0 ? 0 : 0.6 * Math.exp(-since_s / 0.03);
            samples[i] = (float) ((bang + 0.002) * random.nextGaussian() / 1.5);
        }
        return samples;
    }

    /** 16-bit samples, the same in each channel. */
    static byte[] pcm16(float[] samples, int from, int to, int channels) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = from; i < to; i++) {
            for (int channel = 0; channel < channels; channel++) {
                bytes.putShort((short) Math.clamp(Math.round(samples[i] * 32_767), -32_768, 32_767));
            }
        }
        return bytes.array();
    }

    /** A block with its header. */
    static byte[] block(int rate_Hz, int channels, int bits, Instant first, byte[] samples) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer header = ByteBuffer.allocate(Pcm.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put("PCM1".getBytes(StandardCharsets.US_ASCII))
                .putInt(rate_Hz)
                .put((byte) channels)
                .put((byte) bits)
                .putShort((short) 0)
                .putLong(first.getEpochSecond() * 1_000_000 + first.getNano() / 1_000);
        out.writeBytes(header.array());
        out.writeBytes(samples);
        return out.toByteArray();
    }
}
