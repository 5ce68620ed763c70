// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.Arrays;

/**
 * Sees that something bangs, frame by frame of 10 ms, for the price of a filter: a spectrum is computed only when the cheap tests
 * suspect something.
 *
 * <p>A frame of sound above {@value #HIGH_PASS_HZ} Hz (wind is below) is suspected if
 *
 * <ul>
 *   <li>its level stands {@code ratio} or {@code spreads} standard deviations above the background of the last second or so
 *       (short-term over long-term energy), or its peak stands {@code peak} above it (crest factor: clicks shorter than a frame);
 *   <li>level or peak rose by {@code rise} within the last 40 ms;
 *   <li>the sound before it, if it began less than two seconds ago, has fallen by {@code fall} since its loudest, and this one is as
 *       loud as that one's {@linkplain #mask_dB echoes} could not be.
 * </ul>
 *
 * <p>It is confirmed one frame later by the spectral flux: the mean rise of the 64 bands of {@link LogMel} from just before to just
 * after is at least {@code flux}; in the wake of another sound, whose reverberation fills the bands, a peak that is higher by {@code wakePeak}
 * than all of the last 40 ms does as well. A tone that sets in (a horn) rises in few bands and is left to {@link SustainedTrigger}.
 *
 * <p>For one thread; it allocates nothing.
 */
public final class ImpulseTrigger {

    /** 10 ms. */
    public static final int FRAME_SAMPLES = LogMel.HOP_SAMPLES;

    static final double HIGH_PASS_HZ = 100;
    /** What is below is silence: the least level of a frame, dB re full scale. */
    static final double SILENCE_DB = -120;

    private static final int FRAMES_KEPT = 6;
    private static final int RECENT_FRAMES = 4;
    /** From here on in the kept frames, when one frame has followed the suspected one: the spectra before and after. */
    private static final int SUSPECT_AT = (FRAMES_KEPT - 2) * FRAME_SAMPLES;

    /** Centred on the suspected frame. */
    private static final int AFTER_AT = SUSPECT_AT - (LogMel.FRAME_SAMPLES - FRAME_SAMPLES) / 2;

    private static final int BEFORE_AT = SUSPECT_AT - FRAME_SAMPLES - LogMel.FRAME_SAMPLES;
    /** How long what was heard before matters. */
    private static final int MEMORY_FRAMES = 200;

    private static final double DB_PER_NEPER = 8.685889638065037;
    /** No band counts for more, so that one alone does not make a bang. */
    private static final double HIGHEST_BAND_RISE_DB = 12;

    /**
     * @param ratio_dB the least level over the background
     * @param spreads the least level over the background in standard deviations of it
     * @param most_dB what stands so far above the background is suspected however much that wavers: in a burst it does
     * @param peak_dB the least peak over the background's level
     * @param rise_dB the least rise within 40 ms
     * @param flux_dB the least mean rise of the bands
     * @param wakePeak_dB or, in the wake of another sound, the least rise of the peak
     * @param fall_dB by how much a sound must have fallen before another is heard in it
     * @param separation_frames how soon after one sound another can begin
     * @param echo_dB an echo is at least so much fainter than its sound
     * @param echo_frames for how long echoes are so loud
     * @param decay_dB_per_s how much they fade thereafter
     * @param adaptation_frames the time constant of the background
     * @param clip_dB how much a frame can move the background, before the time constant
     * @param assumed_dB the background that is assumed before anything is heard, dB re full scale: what begins louder is a sound
     */
    public record Settings(
            double ratio_dB,
            double spreads,
            double most_dB,
            double peak_dB,
            double rise_dB,
            double flux_dB,
            double wakePeak_dB,
            double fall_dB,
            int separation_frames,
            double echo_dB,
            int echo_frames,
            double decay_dB_per_s,
            double adaptation_frames,
            double clip_dB,
            double assumed_dB) {

        public static final Settings STANDARD = new Settings(9, 4, 15, 18, 6, 3, 4, 3, 5, 3, 30, 20, 70, 6, -60);
    }

    private final Settings settings;
    private final Background background;
    private final LogMel logMel;
    private final HighPass highPass = new HighPass(HIGH_PASS_HZ);
    private final float[] kept = new float[FRAMES_KEPT * FRAME_SAMPLES];
    private final float[] bandsBefore = new float[LogMel.BANDS];
    private final float[] bandsAfter = new float[LogMel.BANDS];
    /** Levels and peaks of the last frames, the newest first. */
    private final double[] levels_dB = new double[RECENT_FRAMES];

    private final double[] peaks_dB = new double[RECENT_FRAMES];

    private double level_dB;
    private double peak_dB;
    private double energy;
    private double energyBefore;
    private double flux_dB;
    private double background_dB;
    private boolean isSuspected;
    /** Whether what is suspected in the wake of another sound has a peak far above what it is in. */
    private boolean doesPeak;

    private int deafFrames;

    /** Of the sound that was heard last: frames since it began, how loud it became, how far it fell since. */
    private int age = MEMORY_FRAMES;

    private double loudest_dB = SILENCE_DB;
    private double lowestSince_dB;

    /** @param logMel may be shared by all triggers of a thread */
    public ImpulseTrigger(Settings settings, LogMel logMel) {
        this.settings = settings;
        this.logMel = logMel;
        this.background = new Background(settings.adaptation_frames, settings.clip_dB, settings.assumed_dB);
        forget(0);
    }

    /**
     * Takes in the next frame.
     *
     * @param samples {@value #FRAME_SAMPLES} of them, without a steady offset
     * @return whether a bang began in the frame before this one
     */
    public boolean hears(float[] samples) {
        System.arraycopy(kept, FRAME_SAMPLES, kept, 0, kept.length - FRAME_SAMPLES);
        System.arraycopy(samples, 0, kept, kept.length - FRAME_SAMPLES, FRAME_SAMPLES);
        energyBefore = energy;
        highPass.measure(samples);
        energy = highPass.meanSquare();
        level_dB = decibels(energy);
        peak_dB = decibels((double) highPass.peak() * highPass.peak());
        age = Math.min(age + 1, MEMORY_FRAMES);
        // An onset may lie on the border of two frames: both together are as loud as it is.
        double both_dB = decibels(energy + energyBefore);
        boolean isHeard = false;
        if (deafFrames > 0) {
            deafFrames--;
        } else if (isSuspected) {
            isSuspected = false;
            isHeard = both_dB >= mask_dB() && (isBroad() || doesPeak);
        } else {
            isSuspected = isSuspicious();
            doesPeak = age < MEMORY_FRAMES && peak_dB >= highest(peaks_dB) + settings.wakePeak_dB;
        }
        if (isHeard) {
            age = 1;
            loudest_dB = both_dB;
            lowestSince_dB = both_dB;
        } else if (both_dB > loudest_dB) {
            loudest_dB = both_dB;
            lowestSince_dB = both_dB;
        } else {
            lowestSince_dB = Math.min(lowestSince_dB, level_dB);
        }
        if (!isSuspected && !isHeard) {
            background_dB = background.level_dB();
        }
        background.learn(level_dB);
        for (int i = RECENT_FRAMES - 1; i > 0; i--) {
            levels_dB[i] = levels_dB[i - 1];
            peaks_dB[i] = peaks_dB[i - 1];
        }
        levels_dB[0] = level_dB;
        peaks_dB[0] = peak_dB;
        return isHeard;
    }

    /**
     * Forgets the sound before: it is not what came before what comes next.
     *
     * @param deafFrames for how many frames nothing is heard, while filters settle
     */
    public void forget(int deafFrames) {
        this.deafFrames = deafFrames;
        isSuspected = false;
        age = MEMORY_FRAMES;
        loudest_dB = SILENCE_DB;
        lowestSince_dB = SILENCE_DB;
        background_dB = background.level_dB();
        Arrays.fill(kept, 0);
        Arrays.fill(levels_dB, background.level_dB());
        Arrays.fill(peaks_dB, background.level_dB());
    }

    /** The newest frame's level, dB re full scale. */
    public double level_dB() {
        return level_dB;
    }

    /** The background before what was heard last, or what is suspected; dB re full scale. */
    public double background_dB() {
        return background_dB;
    }

    /** The mean rise of the bands when a spectrum was last computed. */
    public double flux_dB() {
        return flux_dB;
    }

    private boolean isSuspicious() {
        double usual_dB = background.level_dB();
        double stands_dB = Math.clamp(settings.spreads * background.sigma_dB(), settings.ratio_dB, settings.most_dB);
        if (level_dB < usual_dB + stands_dB && peak_dB < usual_dB + stands_dB + settings.peak_dB - settings.ratio_dB) {
            return false;
        }
        if (age < settings.separation_frames) {
            return false;
        }
        if (age < MEMORY_FRAMES && lowestSince_dB > loudest_dB - settings.fall_dB) {
            return false;
        }
        return level_dB >= lowest(levels_dB) + settings.rise_dB || peak_dB >= lowest(peaks_dB) + settings.rise_dB;
    }

    private static double lowest(double[] values) {
        double lowest = values[0];
        for (double value : values) {
            lowest = Math.min(lowest, value);
        }
        return lowest;
    }

    private static double highest(double[] values) {
        double highest = values[0];
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    /** How loud an echo of the last sound could still be. */
    private double mask_dB() {
        if (age >= MEMORY_FRAMES) {
            return SILENCE_DB;
        }
        double fading_s =
                Math.max(0, age - settings.echo_frames) * (double) FRAME_SAMPLES / SoundClassifier.SAMPLE_RATE_HZ;
        return loudest_dB - settings.echo_dB - settings.decay_dB_per_s * fading_s;
    }

    private boolean isBroad() {
        logMel.frame(kept, BEFORE_AT, bandsBefore, 0);
        logMel.frame(kept, AFTER_AT, bandsAfter, 0);
        double sum_dB = 0;
        for (int band = 0; band < LogMel.BANDS; band++) {
            double rise_dB = DB_PER_NEPER * (bandsAfter[band] - bandsBefore[band]);
            sum_dB += Math.clamp(rise_dB, 0, HIGHEST_BAND_RISE_DB);
        }
        flux_dB = sum_dB / LogMel.BANDS;
        return flux_dB >= settings.flux_dB;
    }

    private static double decibels(double energy) {
        return energy <= 1e-12 ? SILENCE_DB : 10 * StrictMath.log10(energy);
    }
}
