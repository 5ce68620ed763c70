// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.List;
import java.util.Map;

import org.polias.model.acoustics.CentredLogRatio;
import org.polias.model.acoustics.SoundClass;

/**
 * When a sound at one microphone is called a shot, where a yes or no is needed: the {@link CentredLogRatio} must speak for a shot, and among
 * the sounds that are taken for shots it must stand out. The second condition is the harder one for what is like a shot in every
 * way but its nature: a firecracker may be far more like a shot than most sounds are, but hardly more than like a firework.
 *
 * @param evidence which the centred log-ratio of a shot must reach
 * @param againstRivals the share which a shot must have of the probability of itself and its {@link #RIVALS}
 */
public record ShotRule(double evidence, double againstRivals) {

    /** What is taken for shots. */
    public static final List<SoundClass> RIVALS = List.of(
            SoundClass.FIREWORK,
            SoundClass.THUNDER,
            SoundClass.EXPLOSION,
            SoundClass.BACKFIRE,
            SoundClass.IMPACT,
            SoundClass.ENGINE,
            SoundClass.TOOL);

    /** As it is deployed; how often it errs is in {@code docs/models/acoustics.md}. */
    public static final ShotRule DEPLOYED = new ShotRule(4, 0.15);

    /** The evidence for which an evaluation tells what a laxer or stricter rule would do. */
    public static final List<Double> LADDER = List.of(3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0);

    /** @throws IllegalArgumentException if the evidence is not finite or the share is none */
    public ShotRule {
        if (!(Double.isFinite(evidence) && againstRivals >= 0 && againstRivals <= 1)) {
            throw new IllegalArgumentException(
                    "A shot must reach the evidence %s, and %s against its rivals.".formatted(evidence, againstRivals));
        }
    }

    /** Whether it is called a shot. */
    public boolean isShot(Map<SoundClass, Double> probabilities) {
        double shot = probabilities.getOrDefault(SoundClass.GUNSHOT, 0.0);
        double rivals = 0;
        for (SoundClass each : RIVALS) {
            rivals += probabilities.getOrDefault(each, 0.0);
        }
        return CentredLogRatio.of(probabilities, SoundClass.GUNSHOT) >= evidence
                && shot >= againstRivals * (shot + rivals);
    }
}
