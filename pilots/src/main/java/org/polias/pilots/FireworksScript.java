// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.model.acoustics.SoundClass;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Offset;

/** Fireworks on the north of the park after a goal: loud, and nothing more. Nobody runs. */
final class FireworksScript implements Script {

    private static final Exercise EXERCISE = new Exercise(
            "pilsen-fireworks",
            "Fireworks in the park",
            "Supporters let off a dozen shells in the north of the park. Nobody is in danger: it should be told from shots.",
            Duration.ofSeconds(90));

    private static final String MEADOW = "park-north";
    /** A-weighted fast maximum of a shell's burst at 1 m. */
    private static final double SHELL_AT_1M_DB = 134;

    private static final int SHELLS = 12;
    private static final double FIRST_S = 5;

    private final List<Bang> bangs = new ArrayList<>();
    private final Offset launch;

    private FireworksScript(Offset launch, Noise noise) {
        this.launch = launch;
        double at_s = FIRST_S;
        for (int i = 0; i < SHELLS; i++) {
            Offset burst = launch.plus(new Offset(
                    8 * noise.named("east").gaussian(i),
                    8 * noise.named("north").gaussian(i)));
            bangs.add(new Bang(
                    at_s, burst, SHELL_AT_1M_DB + 3 * noise.named("level").gaussian(i), SoundClass.FIREWORK));
            at_s += 1.5 + 5 * noise.named("pause").uniform(i);
        }
    }

    static Optional<FireworksScript> find(Places places, Noise noise) {
        return places.findZone(MEADOW).map(meadow -> new FireworksScript(places.centre(meadow), noise));
    }

    @Override
    public Exercise exercise() {
        return EXERCISE;
    }

    @Override
    public List<Bang> bangs() {
        return bangs;
    }

    @Override
    public List<Truth> truths() {
        return List.of(new Truth(
                FIRST_S,
                bangs.getLast().at_s(),
                IncidentType.HARMLESS_NOISE,
                launch,
                "%d shells in the north of the park.".formatted(SHELLS)));
    }
}
