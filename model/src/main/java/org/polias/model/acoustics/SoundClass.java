// SPDX-License-Identifier: Apache-2.0
package org.polias.model.acoustics;

import java.util.Arrays;
import java.util.Optional;

/**
 * What may have made a sound. The first five alarm; the others are there because they are taken for them, or because they are what a
 * street sounds like. The code is stable and stands in observations and files.
 */
public enum SoundClass {
    /** Firearms: a muzzle blast, with or without the shock wave of a supersonic bullet. */
    GUNSHOT("gunshot"),
    /** An explosion that is no firework and no shot. */
    EXPLOSION("explosion"),
    /** A person screams in fear or pain. */
    SCREAM("scream"),
    /** Glass breaks. */
    GLASS("glass"),
    /** Fireworks: lift, burst, crackle, whistle; firecrackers. */
    FIREWORK("firework"),
    THUNDER("thunder"),
    /** An engine misfires into its exhaust. */
    BACKFIRE("backfire"),
    /** Solid things meet: doors, dropped loads, knocks, burst bags and balloons. */
    IMPACT("impact"),
    /** Many voices: cheers, chants, applause. */
    CROWD("crowd"),
    /** Single voices that do not scream: talk, laughter, children at play. */
    VOICE("voice"),
    ANIMAL("animal"),
    HORN("horn"),
    SIREN("siren"),
    /** Engines, vehicles, aircraft, fans. */
    ENGINE("engine"),
    /** Drills, jackhammers, saws. */
    TOOL("tool"),
    /** Music and bells. */
    MUSIC("music"),
    /** Wind, rain, the noise of the street, and whatever else. */
    AMBIENT("ambient");

    private final String code;

    SoundClass(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The class with this code. */
    public static Optional<SoundClass> find(String code) {
        return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
    }
}
