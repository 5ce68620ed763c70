// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.polias.model.acoustics.SoundClass;

/**
 * What microphones hear: a sound of some class at some place, over some street, by some recorder. Scene number n of a seed is the same
 * whenever it is asked for.
 */
public final class Scenes {

    private static final List<SoundClass> BACKGROUNDS = List.of(
            SoundClass.AMBIENT,
            SoundClass.ENGINE,
            SoundClass.CROWD,
            SoundClass.VOICE,
            SoundClass.MUSIC,
            SoundClass.ANIMAL);

    /** What a window may be cut from. */
    private static final int HEARD = Signal.samples(2);

    private final long seed;
    private final double[] shares = new double[SoundClass.values().length];
    private final double recorded;
    private final double poor;
    private final Map<SoundClass, List<List<Recording>>> recordings = new EnumMap<>(SoundClass.class);

    /**
     * A scene.
     *
     * @param samples as recorded
     * @param soundClass of what is to be heard
     * @param onset where it begins; may lie outside
     */
    public record Scene(double[] samples, SoundClass soundClass, int onset) {}

    /**
     * @param shares how frequent each class is
     * @param recordings which are played beside what is computed
     * @param recorded how often a recording is played, where there are some of the class
     * @param poor how often recorders are poor, and the sound hardly louder than what else is heard
     */
    public Scenes(long seed, Map<SoundClass, Double> shares, List<Recording> recordings, double recorded, double poor) {
        this.seed = seed;
        this.poor = poor;
        this.recorded = recorded;
        shares.forEach((each, share) -> this.shares[each.ordinal()] = share);
        Map<SoundClass, Map<String, List<Recording>>> bySource = new EnumMap<>(SoundClass.class);
        for (Recording each : recordings) {
            bySource.computeIfAbsent(each.soundClass(), _ -> new TreeMap<>())
                    .computeIfAbsent(each.source(), _ -> new ArrayList<>())
                    .add(each);
        }
        bySource.forEach((each, sources) -> this.recordings.put(each, List.copyOf(sources.values())));
    }

    /** Whether sounds of the class begin suddenly. */
    public static boolean isSudden(SoundClass soundClass) {
        return switch (soundClass) {
            case GUNSHOT, EXPLOSION, GLASS, FIREWORK, BACKFIRE, IMPACT, THUNDER -> true;
            case SCREAM, CROWD, VOICE, ANIMAL, HORN, SIREN, ENGINE, TOOL, MUSIC, AMBIENT -> false;
        };
    }

    /** Sound number {@code index} where a microphone is, to be heard in several ways. */
    public Sound sound(long index) {
        Chance chance = Chance.of(seed, index);
        SoundClass soundClass = SoundClass.values()[chance.weighted(shares)];
        return new Sound(soundClass, source(soundClass, HEARD, chance), chance.bits());
    }

    /** A sound, before anything else is heard or recorded. */
    public final class Sound {

        private final SoundClass soundClass;
        private final Source source;
        private final long ways;

        private Sound(SoundClass soundClass, Source source, long ways) {
            this.soundClass = soundClass;
            this.source = source;
            this.ways = ways;
        }

        /**
         * What a classifier is given: {@code length} samples, of which most of the sudden ones begin at {@code onset}, and others
         * anywhere; with noise and a recorder of its own for each {@code way}.
         */
        public Scene window(int way, int length, int onset) {
            Chance chance = Chance.of(ways, way);
            // As much before it as a recorder's automatic gain remembers.
            int before = Signal.samples(0.4);
            int at;
            if (!isSudden(soundClass)) {
                at = onset - chance.between(0, 20_000);
            } else if (chance.happens(0.6)) {
                at = onset + chance.between(-120, 120);
            } else {
                at = chance.between(0, length * 7 / 10);
            }
            if (isSudden(soundClass) && chance.happens(0.2)) {
                // Later in it: the second shot, the crackling after the burst.
                at -= chance.between(0, Math.clamp(source.samples.length - 20_000, 1, 16_000));
            }
            double[] mix = new double[before + length];
            Signal.add(mix, source.samples, before + at - source.onset, 1);
            if (loudest(mix, before) < 1e-4) {
                // Nothing of it is heard there.
                at = onset;
                mix = new double[before + length];
                Signal.add(mix, source.samples, before + at - source.onset, 1);
            }
            finish(mix, before, chance);
            double[] samples = Signal.cut(mix, before, length);
            if (chance.happens(0.25)) {
                // The recording begins here, as clips do: whatever it is, it begins suddenly.
                int begin =
                        isSudden(soundClass) ? at - chance.between(0, onset / 2) : onset - chance.between(0, onset / 8);
                Arrays.fill(samples, 0, Math.clamp(begin, 0, onset), 0);
            }
            return new Scene(samples, soundClass, at);
        }
    }

    /** A clip of this length, as collections of sounds have them: the sound begins soon. */
    public Scene clip(long index, int length) {
        Chance chance = Chance.of(seed, index);
        SoundClass soundClass = SoundClass.values()[chance.weighted(shares)];
        return clip(soundClass, length, chance);
    }

    private Scene clip(SoundClass soundClass, int length, Chance chance) {
        Source source = source(soundClass, Signal.samples(3), chance);
        double[] mix = new double[length];
        int at = Signal.samples(chance.happens(0.5) ? chance.between(0.01, 0.15) : chance.between(0.0, 1.0));
        int from = at - source.onset;
        // What is too short is heard again.
        int period = source.samples.length + Signal.samples(chance.happens(0.5) ? 0 : chance.between(0.0, 1.0));
        boolean again = !isSudden(soundClass) || chance.happens(0.5);
        do {
            Signal.add(mix, source.samples, from, 1);
            from += period;
        } while (again && from < length);
        finish(mix, 0, chance);
        return new Scene(mix, soundClass, at);
    }

    private record Source(double[] samples, int onset) {}

    /** A sound where the microphone is, without what else is heard; as much of it as {@code most} samples at its source. */
    private Source source(SoundClass soundClass, int most, Chance chance) {
        List<List<Recording>> sources = recordings.getOrDefault(soundClass, List.of());
        double often = sources.size() < 5 ? recorded * 0.6 : recorded;
        if (!sources.isEmpty() && chance.happens(often)) {
            Recording recording = chance.oneOf(chance.oneOf(sources));
            double speed = chance.happens(0.7) ? chance.ratioBetween(0.75, 1.33) : 1;
            double[] x = Signal.faster(recording.samples(), speed);
            int onset = (int) (recording.onset() / speed);
            if (soundClass == SoundClass.GUNSHOT && chance.happens(0.35)) {
                x = again(x, chance.between(2, 10), chance.ratioBetween(0.08, 1.2), chance);
            } else if (!isSudden(soundClass) && x.length < Signal.samples(2)) {
                double gap_s =
                        (double) x.length / Signal.RATE_HZ * (chance.happens(0.5) ? 1 : chance.between(1.0, 2.0));
                x = again(x, 100, gap_s, chance);
            }
            return handled(soundClass, new Source(chance.happens(0.5) ? heard(x, most, chance) : x, onset), chance);
        }
        double[] x = Repertoire.play(soundClass, chance);
        return handled(soundClass, new Source(chance.happens(0.85) ? heard(x, most, chance) : x, 0), chance);
    }

    private static double[] heard(double[] x, int most, Chance chance) {
        return Place.any(chance).hear(x.length > most ? Signal.cut(x, 0, most) : x, chance);
    }

    /** What may happen to a sudden sound at the microphone and in a collection of clips. */
    private static Source handled(SoundClass soundClass, Source source, Chance chance) {
        double[] x = Signal.normalise(source.samples);
        int onset = source.onset;
        if (soundClass == SoundClass.GUNSHOT && chance.happens(0.3)
                || soundClass == SoundClass.EXPLOSION && chance.happens(0.3)) {
            double[] push = Blasts.push(chance.ratioBetween(0.01, 0.15));
            Signal.add(x, push, onset, chance.ratioBetween(0.2, 4) * (chance.happens(0.5) ? 1 : -1));
        }
        if (chance.happens(isSudden(soundClass) ? 0.25 : 0.08)) {
            // Cut out and joined to itself, as some collections make short clips long.
            int lead = chance.between(0, 1200);
            double[] cut = Signal.cut(x, onset - lead, Signal.samples(chance.ratioBetween(0.17, 2)));
            if (Signal.peak(cut) > 0) {
                x = new double[Signal.samples(3)];
                for (int at = 0; at < x.length; at += cut.length) {
                    Signal.add(x, cut, at, 1);
                }
                onset = lead;
            }
        }
        return new Source(x, onset);
    }

    private static double[] again(double[] one, int times, double every_s, Chance chance) {
        double[] x = new double[Signal.samples(3)];
        double at_s = 0;
        for (int i = 0; i < times && at_s < 3; i++) {
            Signal.add(x, one, Signal.samples(at_s), chance.between(0.8, 1.0));
            at_s += Math.max(0.01, every_s * chance.between(0.9, 1.1));
        }
        return x;
    }

    /** Lays something under it, and records it. */
    private void finish(double[] mix, int from, Chance chance) {
        Signal.normalise(mix);
        double loud = loudest(mix, from);
        if (chance.happens(0.75)) {
            double snr_dB = chance.happens(0.6 * poor) ? chance.between(-5.0, 15.0) : chance.between(15.0, 50.0);
            double[] background;
            if (chance.happens(0.6)) {
                background = Repertoire.street(mix.length, chance);
            } else {
                snr_dB = Math.max(snr_dB, 3);
                double[] other = source(chance.oneOf(BACKGROUNDS), HEARD, chance).samples;
                background = new double[mix.length];
                for (int at = 0; at < mix.length; at += Math.max(1600, other.length)) {
                    Signal.add(background, other, at, 1);
                }
            }
            double under = Signal.loudest(background);
            if (under > 0) {
                Signal.add(mix, background, 0, loud / under * Signal.amplitude(-snr_dB));
            }
        }
        (chance.happens(poor) ? Recorder.poor(chance) : Recorder.good(chance)).record(mix, chance);
    }

    private static double loudest(double[] x, int from) {
        return Signal.loudest(Signal.cut(x, from, x.length - from));
    }
}
