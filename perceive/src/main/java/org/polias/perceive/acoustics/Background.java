// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/**
 * What a level usually is, and how much it wavers: the recursive M-estimator of location with Huber's clipped score (Robbins and
 * Monro 1951; Huber 1964), b += a clip(L - b, +-c), and the same for the mean absolute deviation. What is loud and short hardly
 * moves it. What is assumed at first counts as {@value #ASSUMED_PART} of the time constant, and a = 1/n until that is passed.
 */
final class Background {

    /** The standard deviation of a Gaussian over its mean absolute deviation. */
    private static final double SIGMA_PER_DEVIATION = 1.2533;

    private static final double ASSUMED_PART = 0.1;

    private final double weight;
    private final double assumedFor_frames;
    private final double clip_dB;
    private double level_dB;
    private double deviation_dB;
    private long readings;

    /**
     * @param timeConstant_frames in how many frames it follows a change by 63 %, were it not clipped
     * @param clip_dB c
     * @param assumed_dB what is thought of it before it hears anything
     */
    Background(double timeConstant_frames, double clip_dB, double assumed_dB) {
        this.weight = 1 / timeConstant_frames;
        this.assumedFor_frames = ASSUMED_PART * timeConstant_frames;
        this.clip_dB = clip_dB;
        this.level_dB = assumed_dB;
        this.deviation_dB = 1;
    }

    void learn(double frame_dB) {
        double excess_dB = Math.clamp(frame_dB - level_dB, -clip_dB, clip_dB);
        double a = Math.max(weight, 1 / (++readings + assumedFor_frames));
        level_dB += a * excess_dB;
        deviation_dB += a * (Math.abs(excess_dB) - deviation_dB);
    }

    /** Takes this for usual from now on. */
    void accept(double usual_dB) {
        level_dB = usual_dB;
    }

    double level_dB() {
        return level_dB;
    }

    double sigma_dB() {
        return SIGMA_PER_DEVIATION * deviation_dB;
    }
}
