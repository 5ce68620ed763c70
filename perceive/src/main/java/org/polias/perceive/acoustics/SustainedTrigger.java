// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Arrays;

/**
 * Sees that something lasting stands out of what a place usually sounds like: a scream, a crowd, a siren. It needs no sharp onset.
 *
 * <p>It is heard when four fifths of the frames of the last {@value #HELD_FRAMES}0 ms stand {@code excess} or {@code spreads} standard
 * deviations above a background that takes its time, and when the second half of them is not more than {@code decay} fainter than
 * the first: the tail of a bang is. Until it has been gone for {@code quiet} frames it is the same sound, unless it becomes louder
 * by {@code growth}. What lasts longer than {@code patience} frames is the new background.
 */
public final class SustainedTrigger {

    static final int HELD_FRAMES = 40;
    private static final int ENOUGH_FRAMES = HELD_FRAMES * 4 / 5;
    /** What grows over more than a second swells; it is the same sound. */
    private static final int SWELLING_FRAMES = 100;

    private static final double RECENT_PART = 0.3;

    /**
     * @param excess_dB the least level over the background
     * @param spreads the least level over the background in standard deviations of it
     * @param decay_dB what fades more than this in 200 ms is the tail of something
     * @param growth_dB what becomes so much louder within a second is another sound
     * @param release_dB a sound is gone when it is less than this above the background
     * @param quiet_frames and has been for so long
     * @param patience_frames what lasts longer is the background
     * @param adaptation_frames the time constant of the background
     * @param clip_dB how much a frame can move the background, before the time constant
     * @param assumed_dB the background that is assumed before anything is heard, dB re full scale
     */
    public record Settings(
            double excess_dB,
            double spreads,
            double decay_dB,
            double growth_dB,
            double release_dB,
            int quiet_frames,
            int patience_frames,
            double adaptation_frames,
            double clip_dB,
            double assumed_dB) {

        public static final Settings STANDARD = new Settings(8, 3, 2, 8, 5, 150, 1000, 1000, 6, -60);
    }

    private final Settings settings;
    private final Background background;
    /** What it has been like in the last seconds. */
    private final Background recent;

    private final double[] levels_dB = new double[HELD_FRAMES];
    private final boolean[] exceeds = new boolean[HELD_FRAMES];
    private int at;
    private int exceeding;
    private int quiet;
    private int loud;
    private boolean isOn;
    private double heard_dB;
    private int sinceHeard;

    public SustainedTrigger(Settings settings) {
        this.settings = settings;
        this.background = new Background(settings.adaptation_frames, settings.clip_dB, settings.assumed_dB);
        this.recent = new Background(RECENT_PART * settings.adaptation_frames, settings.clip_dB, settings.assumed_dB);
        Arrays.fill(levels_dB, settings.assumed_dB);
        quiet = settings.quiet_frames;
    }

    /**
     * Takes in the next frame's level.
     *
     * @return whether a lasting sound has been heard, {@link #HELD_FRAMES} frames after it began
     */
    public boolean hears(double level_dB) {
        double usual_dB = background.level_dB();
        boolean doesExceed =
                level_dB >= usual_dB + Math.max(settings.excess_dB, settings.spreads * background.sigma_dB());
        exceeding += (doesExceed ? 1 : 0) - (exceeds[at] ? 1 : 0);
        exceeds[at] = doesExceed;
        levels_dB[at] = level_dB;
        at = (at + 1) % HELD_FRAMES;
        background.learn(level_dB);
        recent.learn(level_dB);
        quiet = level_dB < usual_dB + settings.release_dB ? quiet + 1 : 0;
        if (quiet >= settings.quiet_frames) {
            isOn = false;
            loud = 0;
        } else if (++loud > settings.patience_frames) {
            background.accept(recent.level_dB());
            isOn = false;
            loud = 0;
            exceeding = 0;
            Arrays.fill(exceeds, false);
        }
        sinceHeard++;
        if (exceeding < ENOUGH_FRAMES) {
            return false;
        }
        double later_dB = exceedingMean_dB(HELD_FRAMES / 2, HELD_FRAMES);
        boolean isKnown = isOn && (sinceHeard < SWELLING_FRAMES || later_dB < heard_dB + settings.growth_dB);
        if (isOn) {
            heard_dB += (later_dB - heard_dB) / SWELLING_FRAMES;
        }
        if (isKnown || later_dB < exceedingMean_dB(0, HELD_FRAMES / 2) - settings.decay_dB) {
            return false;
        }
        isOn = true;
        sinceHeard = 0;
        heard_dB = later_dB;
        return true;
    }

    /** Forgets what it heard before a gap, but not the background. */
    public void forget() {
        Arrays.fill(exceeds, false);
        exceeding = 0;
        isOn = false;
        loud = 0;
        quiet = settings.quiet_frames;
    }

    /** Whether nothing has stood out for a while: what comes next is another sound. */
    public boolean isQuiet() {
        return quiet >= settings.quiet_frames;
    }

    /** What the place usually sounds like, dB re full scale. */
    public double background_dB() {
        return background.level_dB();
    }

    /** The mean level of those that stand out, from the {@code from}-th oldest frame up to and without the {@code to}-th. */
    private double exceedingMean_dB(int from, int to) {
        double sum_dB = 0;
        int count = 0;
        for (int i = from; i < to; i++) {
            int index = (at + i) % HELD_FRAMES;
            if (exceeds[index]) {
                sum_dB += levels_dB[index];
                count++;
            }
        }
        return sum_dB / Math.max(1, count);
    }
}
