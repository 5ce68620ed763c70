// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.hazard.HazardField;

/**
 * A simulation run to its end, with where everybody was from time to time.
 *
 * @param exposure of each person, in units of serious harm; empty where nothing threatens
 * @param every_s the time between frames
 * @param wall_s how long it took
 */
public record Course(Result result, List<Frame> frames, double[] exposure, double every_s, double wall_s) {

    /** Positions that are kept: more make files that nothing opens. */
    private static final double MAX_POSITIONS = 1_500_000;

    /** How far a running simulation has come. */
    public record Progress(double time_s, int present, int evacuated) {}

    /** Runs a situation until it is over, or until its time is. */
    public static Course run(
            Situation situation, Ground ground, boolean keepsFrames, Workers workers, Consumer<Progress> progress) {
        long began = System.nanoTime();
        HazardField field = situation.field();
        Simulation simulation = ground.begin(situation.scenario(), workers);
        double every_s = Math.max(1, Math.ceil(situation.count() * 300.0 / MAX_POSITIONS));
        double look_s = Math.min(every_s, 5);
        List<Frame> frames = new ArrayList<>();
        double[] exposure = new double[field.isNone() ? 0 : situation.count()];
        double kept = Double.NEGATIVE_INFINITY;
        while (!simulation.isOver() && simulation.time_s() < situation.until_s()) {
            double now = simulation.time_s();
            Frame frame = simulation.frame();
            if (keepsFrames && now - kept >= every_s - 1e-9) {
                frames.add(frame);
                kept = now;
            }
            simulation.advanceTo(Math.min(situation.until_s(), now + look_s));
            double passed = simulation.time_s() - now;
            if (!(passed > 0)) {
                break;
            }
            for (int i = 0; exposure.length > 0 && i < frame.count(); i++) {
                exposure[frame.person()[i]] += passed * field.exposureRate(frame.x_m()[i], frame.y_m()[i], now);
            }
            progress.accept(new Progress(simulation.time_s(), simulation.present(), simulation.evacuated()));
        }
        return new Course(simulation.result(), frames, exposure, every_s, (System.nanoTime() - began) / 1e9);
    }
}
