// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.List;
import java.util.Map;

import org.polias.model.acoustics.SoundClass;

/**
 * When a sound is called a shot, where a yes or no is needed: its probability must be high, and among the sounds that are taken for shots
 * it must stand alone. The second condition is the harder one for what is like a shot in every way but its nature: a firecracker may
 * be far more probable than not among all sounds, but hardly against fireworks.
 *
 * @param probability which a shot must reach among all classes
 * @param againstRivals which a shot must reach among itself and its {@link #RIVALS}
 */
public record ShotRule(double probability, double againstRivals) {

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
    public static final ShotRule DEPLOYED = new ShotRule(0.3, 0.4);

    /** @throws IllegalArgumentException if one is no probability */
    public ShotRule {
        if (!(probability >= 0 && probability <= 1 && againstRivals >= 0 && againstRivals <= 1)) {
            throw new IllegalArgumentException(
                    "A shot must reach %s, and %s against its rivals.".formatted(probability, againstRivals));
        }
    }

    /** Whether it is called a shot. */
    public boolean isShot(Map<SoundClass, Double> probabilities) {
        double shot = probabilities.getOrDefault(SoundClass.GUNSHOT, 0.0);
        double rivals = 0;
        for (SoundClass each : RIVALS) {
            rivals += probabilities.getOrDefault(each, 0.0);
        }
        return shot >= probability && shot >= againstRivals * (shot + rivals);
    }
}
