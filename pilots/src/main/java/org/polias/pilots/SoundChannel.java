// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.model.acoustics.Listening;
import org.polias.model.acoustics.SoundClass;
import org.polias.pilots.sound.Air;
import org.polias.pilots.sound.Chance;
import org.polias.pilots.sound.Place;
import org.polias.pilots.sound.Repertoire;
import org.polias.pilots.sound.Signal;

/**
 * A microphone that sends what its membrane does: the street and the crowd at the levels that the world has there, and each bang of an
 * exercise when it has come the way, with the ground, the stand's facade and what scatters it. The sound is 16-bit PCM in blocks of a
 * quarter of a second, of which each is a function of its number alone.
 */
final class SoundChannel implements Channel {

    private static final double USUAL_FULL_SCALE_DB = 130;

    private static final long BLOCK_MS = 250;
    private static final int BLOCK = (int) (Emission.SOUND_RATE_HZ * BLOCK_MS / 1000);
    private static final double LARGEST = 32_767;
    /** The membrane's and amplifier's own noise, dB SPL. */
    private static final double SELF_NOISE_DB = 28;

    /** The same for all microphones. */
    private static final long WEAPONS = 0x5107;

    /** Bangs are heard to so many seconds after their arrival. */
    private static final int TAIL_S = 2;

    private final Places.Post post;
    private final Calm calm;
    private final Calm.Ear ear;
    private final Noise noise;
    private final double fullScale_dB;
    /** What bangs of the exercise that plays sound like here, by their number; of one beginning only. */
    private final Map<Integer, double[]> arrivals = new HashMap<>();

    private double arrivalsOf_s = Double.NaN;

    private SoundChannel(Places.Post post, Calm calm, Noise noise, double fullScale_dB) {
        this.post = post;
        this.calm = calm;
        this.ear = calm.ear(post.at());
        this.noise = noise;
        this.fullScale_dB = fullScale_dB;
    }

    /** The channel of a microphone whose sound is listened to; empty where the city does not say that it is. */
    static Optional<Channel> find(Places.Post post, Calm calm, Noise noise) {
        String fullScale = post.stream().mapping().get(Listening.FULL_SCALE);
        try {
            return Optional.of(new SoundChannel(
                    post, calm, noise, fullScale == null ? USUAL_FULL_SCALE_DB : Double.parseDouble(fullScale)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void emit(World.Moments moments, Calm.People people, Optional<Stage> stage, Consumer<Emission> out) {
        // A block can be sent once it has ended.
        for (long k = Math.ceilDiv(moments.from_ms(), BLOCK_MS); k * BLOCK_MS < moments.to_ms(); k++) {
            long first_ms = (k - 1) * BLOCK_MS;
            if (stage.isEmpty() || !stage.get().isLost(post.thing().gateway(), first_ms / 1000.0)) {
                out.accept(new Emission.Sound(
                        post.stream().id(),
                        Instant.ofEpochMilli(k * BLOCK_MS),
                        Instant.ofEpochMilli(first_ms),
                        samples(k - 1, people, stage)));
            }
        }
    }

    private short[] samples(long block, Calm.People people, Optional<Stage> stage) {
        double begin_s = block * BLOCK_MS / 1000.0;
        double end_s = (block + 1) * BLOCK_MS / 1000.0;
        double[] pressure = new double[BLOCK];
        double self = amplitude(SELF_NOISE_DB);
        lay(pressure, Beds.HISS, block, self, self);
        lay(pressure, Beds.STREET, block, rms(ear.streetEnergy(begin_s)), rms(ear.streetEnergy(end_s)));
        lay(pressure, Beds.CROWD, block, rms(ear.crowdEnergy(begin_s, people)), rms(ear.crowdEnergy(end_s, people)));
        stage.ifPresent(playing -> bangs(pressure, begin_s, playing));
        short[] samples = new short[BLOCK];
        for (int n = 0; n < BLOCK; n++) {
            double sample = pressure[n] * LARGEST;
            samples[n] = (short) Math.max(-LARGEST, Math.min(LARGEST, sample + (sample < 0 ? -0.5 : 0.5)));
        }
        return samples;
    }

    /** Adds a bed of sound whose strength goes from one to another over the block. */
    private void lay(double[] pressure, float[] bed, long block, double from, double to) {
        if (from <= 0 && to <= 0) {
            return;
        }
        // Each microphone hears another part of the bed.
        int at = (int) Math.floorMod(block * BLOCK + noise.named("bed").below(0, bed.length), (long) bed.length);
        double gain = from;
        double step = (to - from) / BLOCK;
        for (int n = 0; n < BLOCK; ) {
            int end = Math.min(BLOCK, n + bed.length - at);
            for (; n < end; n++) {
                pressure[n] += gain * bed[at++];
                gain += step;
            }
            at = 0;
        }
    }

    private void bangs(double[] pressure, double begin_s, Stage stage) {
        if (arrivalsOf_s != stage.begun_s()) {
            arrivals.clear();
            arrivalsOf_s = stage.begun_s();
        }
        List<Script.Bang> bangs = stage.script().bangs();
        for (int i = 0; i < bangs.size(); i++) {
            Script.Bang bang = bangs.get(i);
            double emitted_s = stage.begun_s() + bang.at_s();
            double distance_m = Math.max(1, post.at().minus(bang.from()).length_m());
            double arrival_s = emitted_s
                    + distance_m / Acoustics.speed_m_per_s(calm.weather().temperature_C(emitted_s));
            double since_s = begin_s - arrival_s;
            if (since_s < TAIL_S && since_s > -BLOCK_MS / 1000.0 && stage.plays(emitted_s)) {
                double[] arrival = arrivals.computeIfAbsent(i, number -> arrival(number, bang, distance_m));
                Signal.add(pressure, arrival, (int) Math.round(-since_s * Emission.SOUND_RATE_HZ), 1);
            }
        }
    }

    /** What a bang sounds like here, from its first arrival on. */
    private double[] arrival(int number, Script.Bang bang, double distance_m) {
        // The weapon is the same everywhere; the way to each microphone is its own.
        Chance weapon = Chance.of(WEAPONS + bang.kind().ordinal(), number);
        double[] source = bang.kind() == SoundClass.FIREWORK ? Repertoire.burst(weapon) : Repertoire.shot(weapon);
        double atOneMetre = amplitude(bang.levelAt1m_dB()) / fast(source);
        Chance way = Chance.of(noise.named("way").seed(), number);
        Place place = new Place(
                distance_m,
                0,
                0,
                way.between(0.3, 0.7),
                way.between(1, 4),
                way.between(-16.0, -8.0),
                way.between(0.5, 1.2),
                way.between(0.3, 0.7),
                way.happens(0.2) ? way.between(-8.0, 0.0) : 0,
                Air.MILD);
        double[] heard = place.hear(source, way);
        return Signal.scale(
                Signal.cut(heard, 0, Math.min(heard.length, TAIL_S * Emission.SOUND_RATE_HZ)), atOneMetre / distance_m);
    }

    /** The highest root mean square with fast time weighting (125 ms). */
    private static double fast(double[] x) {
        double weight = 1 - Math.exp(-1 / (0.125 * Emission.SOUND_RATE_HZ));
        double mean = 0;
        double highest = 0;
        for (double each : x) {
            mean += weight * (each * each - mean);
            highest = Math.max(highest, mean);
        }
        return Math.sqrt(highest);
    }

    private double amplitude(double level_dB) {
        return Signal.amplitude(level_dB - fullScale_dB);
    }

    private double rms(double energy) {
        return energy > 0 ? amplitude(Acoustics.level_dB(energy)) : 0;
    }

    /** What lies under everything: loops of a root mean square of 1, made when the first microphone needs them. */
    private static final class Beds {

        static final float[] HISS = bed(Signal.white(5 * Signal.RATE_HZ + 1_237, new Chance(10)));
        static final float[] STREET = bed(Repertoire.street(24 * Signal.RATE_HZ, new Chance(11)));
        static final float[] CROWD = crowd();

        private static float[] crowd() {
            double[] sum = new double[22 * Signal.RATE_HZ];
            Chance chance = new Chance(12);
            for (int at = 0; at < sum.length; at += Signal.RATE_HZ) {
                double[] voices = Repertoire.play(SoundClass.CROWD, chance);
                double rms = Signal.rms(voices);
                Signal.add(sum, Signal.fade(voices, 0.8, 0.8), at, rms > 0 ? 1 / rms : 0);
            }
            return bed(sum);
        }

        /** A loop without a seam: the end fades into the beginning. */
        private static float[] bed(double[] x) {
            int seam = 2 * Signal.RATE_HZ;
            double[] loop = Signal.cut(x, 0, x.length - seam);
            for (int n = 0; n < seam; n++) {
                double in = Math.sin(Math.PI / 2 * n / seam);
                double out = Math.cos(Math.PI / 2 * n / seam);
                loop[n] = in * loop[n] + out * x[loop.length + n];
            }
            // No single slam of a door may stand out of what is to be calm.
            double rms = Signal.rms(loop);
            for (int n = 0; n < loop.length; n++) {
                loop[n] = rms > 0 ? 3 * Math.tanh(loop[n] / (3 * rms)) : 0;
            }
            Signal.scale(loop, 1 / Signal.rms(loop));
            float[] bed = new float[loop.length];
            for (int n = 0; n < loop.length; n++) {
                bed[n] = (float) loop[n];
            }
            return bed;
        }
    }
}
