// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import javax.crypto.AEADBadTagException;

/**
 * Some seconds of sound that only the holder of one private key can listen to.
 *
 * <pre>
 *   "POLIASC1"   8 bytes
 *   length       2 bytes, big-endian, of the head
 *   head         UTF-8, a line each: the datastream, when the sound begins, samples a second
 *   enc          32 bytes: the ephemeral public key
 *   ciphertext   16-bit PCM, little-endian, mono, and the tag of 16 bytes
 * </pre>
 *
 * Sealed with HPKE (RFC 9180) in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. Everything before {@code enc} is associated data:
 * a clip cannot be given another place or time.
 */
public final class SealedClip {

    private static final byte[] MAGIC = "POLIASC1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = "polias clip".getBytes(StandardCharsets.US_ASCII);
    private static final Hpke HPKE = new Hpke(32);
    private static final int TAG_BYTES = 16;
    private static final int MOST_HEAD_BYTES = 1_000;

    private SealedClip() {}

    /**
     * A clip.
     *
     * @param datastream of the microphone's sound events
     * @param begin when its first sample was taken
     * @param samples 16-bit, mono
     */
    public record Clip(String datastream, Instant begin, int rate_Hz, short[] samples) {
        public Clip {
            samples = samples.clone();
        }

        @Override
        public short[] samples() {
            return samples.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Clip that
                    && datastream.equals(that.datastream)
                    && begin.equals(that.begin)
                    && rate_Hz == that.rate_Hz
                    && Arrays.equals(samples, that.samples);
        }

        @Override
        public int hashCode() {
            return 31 * begin.hashCode() + Arrays.hashCode(samples);
        }

        @Override
        public String toString() {
            return "Clip[%s, %s, %d samples]".formatted(datastream, begin, samples.length);
        }
    }

    /** What became of opening one. */
    public sealed interface Opening {

        record Opened(Clip clip) implements Opening {}

        /** @param why a sentence for a person */
        record Refused(String why) implements Opening {}
    }

    /**
     * Seals a clip.
     *
     * @param publicKey of whoever may listen
     * @throws IllegalArgumentException if it is no public key
     */
    public static byte[] seal(Clip clip, String publicKey) {
        PublicKey recipient = ClipKeys.findPublicKey(publicKey)
                .orElseThrow(() -> new IllegalArgumentException("'%s' is no public key.".formatted(publicKey)));
        byte[] head = "%s%n%s%n%d"
                .formatted(clip.datastream, clip.begin, clip.rate_Hz)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer pcm = ByteBuffer.allocate(2 * clip.samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (short sample : clip.samples) {
            pcm.putShort(sample);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(MAGIC);
        out.writeBytes(ByteBuffer.allocate(2).putShort((short) head.length).array());
        out.writeBytes(head);
        try {
            Hpke.Sealed sealed = HPKE.seal(recipient, X25519.generate(), INFO, out.toByteArray(), pcm.array());
            out.writeBytes(sealed.enc());
            out.writeBytes(sealed.ciphertext());
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Nothing can be sealed for this public key.", e);
        }
    }

    /**
     * Opens one. Nothing that the bytes may be makes it throw.
     *
     * @param privateKey as {@link ClipKeys#generate} wrote it
     */
    public static Opening open(byte[] sealed, String privateKey) {
        KeyPair key = ClipKeys.findPair(privateKey).orElse(null);
        if (key == null) {
            return new Opening.Refused(
                    "This is no private key of clips.%nMaybe it is the public one, or was cut off.".formatted());
        }
        if (sealed.length < MAGIC.length + 2 || !Arrays.equals(sealed, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return new Opening.Refused("This is no sealed clip.");
        }
        int length = Short.toUnsignedInt(ByteBuffer.wrap(sealed).getShort(MAGIC.length));
        int begin = MAGIC.length + 2;
        int enc = begin + length;
        int text = enc + Hpke.ENC_BYTES;
        if (length > MOST_HEAD_BYTES || sealed.length < text + TAG_BYTES) {
            return new Opening.Refused("The clip is damaged: it ends too early.");
        }
        List<String> head = new String(sealed, begin, length, StandardCharsets.UTF_8)
                .lines()
                .toList();
        try {
            byte[] pcm = HPKE.open(
                    Arrays.copyOfRange(sealed, enc, text),
                    key,
                    INFO,
                    Arrays.copyOf(sealed, enc),
                    Arrays.copyOfRange(sealed, text, sealed.length));
            short[] samples = new short[pcm.length / 2];
            ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
            return new Opening.Opened(
                    new Clip(head.get(0), Instant.parse(head.get(1)), Integer.parseInt(head.get(2)), samples));
        } catch (AEADBadTagException e) {
            return new Opening.Refused("The clip was sealed for another key, or something of it was changed.");
        } catch (GeneralSecurityException
                | DateTimeException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            return new Opening.Refused("The clip is damaged: %s".formatted(e.getMessage()));
        }
    }
}
