// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The exercises of the Pilsen pilot. */
final class PilsenExercises {

    private PilsenExercises() {}

    /** Those for which the city has all places and sensors. */
    static List<Script> list(Places places, Noise noise) {
        List<Script> scripts = new ArrayList<>();
        List<Optional<? extends Script>> known = List.of(
                ShotsScript.find(places, noise.named("shots")),
                FireworksScript.find(places, noise.named("fireworks")),
                AmmoniaScript.find(places),
                CrushScript.find(places, noise.named("crush")));
        known.forEach(script -> script.ifPresent(scripts::add));
        return List.copyOf(scripts);
    }
}
