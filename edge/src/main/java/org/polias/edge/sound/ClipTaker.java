// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

import org.polias.edge.clip.ClipFolder;
import org.polias.edge.clip.SealedClip;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.perceive.acoustics.SoundClassifier;

/**
 * Remembers the last seconds of one microphone, and seals what surrounds a shot, an explosion, a scream or breaking glass: {@value #AROUND_S} s
 * before its onset and after. Only where the city's files have a key for it. For one thread.
 */
final class ClipTaker {

    static final double AROUND_S = 2;

    private static final int RATE_HZ = SoundClassifier.SAMPLE_RATE_HZ;
    private static final List<SoundClass> WORTH =
            List.of(SoundClass.GUNSHOT, SoundClass.EXPLOSION, SoundClass.SCREAM, SoundClass.GLASS);
    /** Together they must be so probable. */
    private static final double LEAST_PROBABILITY = 0.3;
    /** So much is remembered: an event is told up to some seconds after its onset. */
    private static final int MEMORY = 16 * RATE_HZ;

    private final String datastream;
    private final String publicKey;
    private final ClipFolder folder;
    private final short[] memory = new short[MEMORY];
    private final List<Awaited> awaited = new ArrayList<>();
    private long taken;
    /** When the sample before which {@code taken} samples came was taken. */
    private Instant now = Instant.EPOCH;

    private record Awaited(String name, long onset) {}

    ClipTaker(String datastream, String publicKey, ClipFolder folder) {
        this.datastream = datastream;
        this.publicKey = publicKey;
        this.folder = folder;
    }

    /** Remembers samples; {@code first} is when the first of them was taken. */
    void remember(float[] samples, int length, Instant first) {
        for (int i = 0; i < length; i++) {
            memory[(int) ((taken + i) % MEMORY)] = (short) Math.clamp(Math.round(samples[i] * 32_767), -32_768, 32_767);
        }
        taken += length;
        now = first.plusNanos(Math.round(length * 1e9 / RATE_HZ));
    }

    /** The name of the clip that will be taken of an event; empty if it is not worth one. */
    Optional<String> await(Instant onset, SoundEvent event) {
        double probability = 0;
        for (SoundClass each : WORTH) {
            probability += event.probabilities().getOrDefault(each, 0.0);
        }
        if (probability < LEAST_PROBABILITY) {
            return Optional.empty();
        }
        double since_s = now.getEpochSecond() - onset.getEpochSecond() + (now.getNano() - onset.getNano()) / 1e9;
        String name = ClipFolder.nameOf(datastream, onset);
        awaited.add(new Awaited(name, taken - Math.round(since_s * RATE_HZ)));
        return Optional.of(name);
    }

    /** Seals the clips of which all sound has come; at the end of the stream those of which some is missing. */
    void take(boolean atTheEnd) {
        int around = (int) (AROUND_S * RATE_HZ);
        for (Iterator<Awaited> each = awaited.iterator(); each.hasNext(); ) {
            Awaited one = each.next();
            if (taken < one.onset + around && !atTheEnd) {
                continue;
            }
            each.remove();
            long from = Math.max(Math.max(0, taken - MEMORY), one.onset - around);
            long to = Math.min(taken, one.onset + around);
            if (to <= from) {
                continue;
            }
            short[] samples = new short[(int) (to - from)];
            for (int i = 0; i < samples.length; i++) {
                samples[i] = memory[(int) ((from + i) % MEMORY)];
            }
            Instant begin = now.minusNanos(Math.round((taken - from) * 1e9 / RATE_HZ));
            folder.keep(one.name, SealedClip.seal(new SealedClip.Clip(datastream, begin, RATE_HZ, samples), publicKey));
        }
    }
}
