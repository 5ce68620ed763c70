// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import org.polias.model.acoustics.SoundClass;

/** Sounds of every class as they are at their source: some seconds that begin with the sound. */
public final class Repertoire {

    private Repertoire() {}

    public static double[] play(SoundClass soundClass, Chance chance) {
        return switch (soundClass) {
            case GUNSHOT -> Blasts.gunshots(chance);
            case EXPLOSION -> Blasts.explosion(chance);
            case SCREAM -> Voices.scream(chance);
            case GLASS -> Impacts.glass(chance);
            case FIREWORK -> Fireworks.any(chance);
            case THUNDER -> Thunder.any(chance);
            case BACKFIRE -> Blasts.backfire(chance);
            case IMPACT -> Impacts.any(chance);
            case CROWD -> Voices.crowd(chance);
            case VOICE -> Voices.speech(chance);
            case ANIMAL -> Voices.animal(chance);
            case HORN -> Tones.horn(chance);
            case SIREN -> Tones.siren(chance);
            case ENGINE -> Machines.anyEngine(chance);
            case TOOL -> Machines.anyTool(chance);
            case MUSIC -> Tones.music(chance);
            case AMBIENT -> Street.any(chance);
        };
    }

    /** One shot. */
    public static double[] shot(Chance chance) {
        return Blasts.shot(chance);
    }

    /** The burst of one firework shell, with its crackle. */
    public static double[] burst(Chance chance) {
        return Fireworks.burst(chance);
    }

    /** The noise of a street, to lay under other sounds. */
    public static double[] street(int length, Chance chance) {
        return Street.any(length, chance);
    }
}
