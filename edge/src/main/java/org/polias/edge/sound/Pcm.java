// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import org.polias.perceive.acoustics.Decimator;

/**
 * A block of PCM as microphones send it, little-endian:
 *
 * <pre>
 *   0  "PCM1"
 *   4  uint32  samples a second and channel: 16000 or a whole multiple of it, up to 192000
 *   8  uint8   channels, 1 to 8, interleaved; they are averaged
 *   9  uint8   bits a sample: 16, 24 or 32 (signed integers), or 132 (32-bit floating point)
 *   10 uint16  0
 *   12 int64   when the first sample was taken, microseconds since 1970 (UTC)
 *   20         the samples
 * </pre>
 *
 * @param samples of one channel, in -1 to 1
 */
record Pcm(int rate_Hz, Instant first, float[] samples) {

    static final int HEADER_BYTES = 20;
    private static final byte[] MAGIC = "PCM1".getBytes(StandardCharsets.US_ASCII);
    private static final int FLOAT = 132;
    private static final long MICROS_PER_S = 1_000_000;
    /** Longer blocks are not a stream but a recording. */
    private static final int MOST_SECONDS = 10;

    /** What a payload is: a block, or why it is none. */
    sealed interface Parsed {
        record Block(Pcm pcm) implements Parsed {}

        record Unreadable(String why) implements Parsed {}
    }

    /** How samples are laid out. */
    record Format(int rate_Hz, int channels, int bits) {

        /** What is wrong with it; empty if nothing is. */
        Optional<String> findFault() {
            if (!Decimator.accepts(rate_Hz)) {
                return Optional.of(
                        "The rate of %d Hz is not 16000 or a whole multiple of it, up to 192000.%nMaybe let the recorder resample to 16000 or 48000 Hz."
                                .formatted(rate_Hz));
            }
            if (channels < 1 || channels > 8) {
                return Optional.of("The sound has %d channels; 1 to 8 can be.".formatted(channels));
            }
            return switch (bits) {
                case 16, 24, 32, FLOAT -> Optional.empty();
                default ->
                    Optional.of(
                            "The samples have the form %d; 16, 24 or 32 (integers) or %d (32-bit floating point) can be."
                                    .formatted(bits, FLOAT));
            };
        }

        int frameBytes() {
            return channels * (bits == FLOAT ? 4 : bits / 8);
        }

        /** The samples of {@code frames} frames, their channels averaged. */
        float[] mono(ByteBuffer bytes, int frames) {
            float[] samples = new float[frames];
            for (int i = 0; i < frames; i++) {
                float sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += sample(bytes);
                }
                samples[i] = sum / channels;
            }
            return samples;
        }

        private float sample(ByteBuffer bytes) {
            return switch (bits) {
                case 16 -> bytes.getShort() / 32_768f;
                case 24 -> {
                    int low = bytes.getShort() & 0xFFFF;
                    yield (bytes.get() << 16 | low) / 8_388_608f;
                }
                case 32 -> bytes.getInt() / 2_147_483_648f;
                default -> bytes.getFloat();
            };
        }
    }

    /** Reads the first {@code length} bytes of {@code payload}. */
    static Parsed parse(byte[] payload, int length) {
        if (length < HEADER_BYTES) {
            return new Parsed.Unreadable(
                    "The payload has %d bytes; the header alone has %d.".formatted(length, HEADER_BYTES));
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (payload[i] != MAGIC[i]) {
                return new Parsed.Unreadable(
                        "The payload does not begin with PCM1.%nMaybe it is a file: './polias listen' reads those."
                                .formatted());
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(payload, 4, length - 4).order(ByteOrder.LITTLE_ENDIAN);
        Format format = new Format(bytes.getInt(), bytes.get() & 0xFF, bytes.get() & 0xFF);
        bytes.getShort();
        long first_us = bytes.getLong();
        Optional<String> fault = format.findFault();
        if (fault.isPresent()) {
            return new Parsed.Unreadable(fault.get());
        }
        int frames = bytes.remaining() / format.frameBytes();
        if (frames == 0 || bytes.remaining() % format.frameBytes() != 0) {
            return new Parsed.Unreadable(
                    "%d bytes of samples are not a whole number of frames of %d bytes, at least one."
                            .formatted(bytes.remaining(), format.frameBytes()));
        }
        if (frames > MOST_SECONDS * format.rate_Hz()) {
            return new Parsed.Unreadable(
                    "The block lasts %.1f s; %d s can be.%nMaybe send a block every quarter of a second."
                            .formatted((double) frames / format.rate_Hz(), MOST_SECONDS));
        }
        Instant first = Instant.ofEpochSecond(
                Math.floorDiv(first_us, MICROS_PER_S), Math.floorMod(first_us, MICROS_PER_S) * 1_000);
        return new Parsed.Block(new Pcm(format.rate_Hz(), first, format.mono(bytes, frames)));
    }
}
