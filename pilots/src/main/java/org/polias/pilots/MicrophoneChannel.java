// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.model.observation.Result;

/**
 * A sound level meter: the fast level at a steady interval, and at once when a sound rises far out of its background. Sound
 * arrives later and weaker with distance.
 */
final class MicrophoneChannel implements Channel {

    /** How far a sound must rise to be reported between the regular reports. */
    private static final double TRIGGER_DB = 10;
    /** How much two meters differ on the same bang: terrain, trees, people in between. */
    private static final double SCATTER_DB = 1;

    private final Places.Post post;
    private final Calm calm;
    private final Calm.Ear ear;
    private final Noise noise;

    MicrophoneChannel(Places.Post post, Calm calm, Noise noise) {
        this.post = post;
        this.calm = calm;
        this.ear = calm.ear(post.at());
        this.noise = noise;
    }

    @Override
    public void emit(World.Moments moments, Calm.People people, Optional<Stage> stage, Consumer<Emission> out) {
        Channel.each(moments, post.stream().interval().orElse(USUAL_INTERVAL), noise, (i, t_ms) -> {
            double t_s = t_ms / 1000.0;
            if (stage.isEmpty() || !stage.get().isLost(post.thing().gateway(), t_s)) {
                double energy = Acoustics.energy(ambient_dB(i, t_s, people));
                if (stage.isPresent()) {
                    energy += echoes(stage.get(), t_s);
                }
                out.accept(report(t_ms, Acoustics.level_dB(energy)));
            }
        });
        stage.ifPresent(playing -> bangs(moments, playing, people, out));
    }

    private void bangs(World.Moments moments, Stage stage, Calm.People people, Consumer<Emission> out) {
        List<Script.Bang> bangs = stage.script().bangs();
        for (int i = 0; i < bangs.size(); i++) {
            Script.Bang bang = bangs.get(i);
            double arrival_s = arrival_s(stage, bang);
            long arrival_ms = (long) (arrival_s * 1000);
            if (!stage.plays(stage.begun_s() + bang.at_s())
                    || !moments.contain(arrival_ms)
                    || stage.isLost(post.thing().gateway(), arrival_s)) {
                continue;
            }
            double level_dB = Acoustics.atDistance_dB(bang.levelAt1m_dB(), distance_m(bang))
                    + SCATTER_DB * noise.named("bang").gaussian(i);
            double ambient_dB = ear.level_dB(arrival_s, people);
            if (level_dB >= ambient_dB + TRIGGER_DB) {
                out.accept(report(
                        arrival_ms, Acoustics.level_dB(Acoustics.energy(level_dB) + Acoustics.energy(ambient_dB))));
            }
        }
    }

    /** What is left of the bangs that have arrived. */
    private double echoes(Stage stage, double t_s) {
        double energy = 0;
        for (Script.Bang bang : stage.script().bangs()) {
            double since_s = t_s - arrival_s(stage, bang);
            if (since_s >= 0 && since_s < 4 && stage.plays(stage.begun_s() + bang.at_s())) {
                energy += Acoustics.energy(Acoustics.atDistance_dB(bang.levelAt1m_dB(), distance_m(bang))
                        - Acoustics.FAST_DECAY_DB_PER_S * since_s);
            }
        }
        return energy;
    }

    private double ambient_dB(long i, double t_s, Calm.People people) {
        return ear.level_dB(t_s, people) + 0.8 * noise.gaussian(i);
    }

    private double arrival_s(Stage stage, Script.Bang bang) {
        double emitted_s = stage.begun_s() + bang.at_s();
        return emitted_s
                + distance_m(bang) / Acoustics.speed_m_per_s(calm.weather().temperature_C(emitted_s));
    }

    private double distance_m(Script.Bang bang) {
        return post.at().minus(bang.from()).length_m();
    }

    private Emission report(long t_ms, double level_dB) {
        return new Emission.Measured(
                post.stream().id(), Instant.ofEpochMilli(t_ms), new Result.Quantity(Math.round(level_dB * 10) / 10.0));
    }
}
