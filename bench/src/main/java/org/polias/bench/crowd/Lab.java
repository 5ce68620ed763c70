// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;

import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

/**
 * What the tests share. All run with the settings' defaults; only where something is measured is it sampled.
 *
 * @param quick whether to take fewer seeds and less ground
 * @param plots takes what is drawn
 */
record Lab(boolean quick, Plots plots) {

    static final String LEVEL = "ground";

    /** The speeds of the students of the Juelich experiments: 1.55 m/s, deviation 0.18 (measured on 42 of them). */
    static final Profile STUDENTS = Profile.walking(new Distribution.Normal(1.55, 0.18, 0.9, 2.2));

    int seeds(int full) {
        return quick ? Math.max(2, full / 5) : full;
    }

    static Settings silent() {
        return Settings.DEFAULT.sampledEvery(0);
    }

    static Settings sampled() {
        return Settings.DEFAULT.sampledEvery(0.4);
    }

    static Ground ground(Scene scene) {
        return CrowdSimulator.prepare(scene, Settings.DEFAULT, Workers.SEQUENTIAL);
    }

    /** The ground with a grid of its own. */
    static Ground ground(Scene scene, double cell_m) {
        return CrowdSimulator.prepare(
                scene, new Settings(Settings.DEFAULT.step_s(), OptionalDouble.of(cell_m), 0), Workers.SEQUENTIAL);
    }

    static Simulation begin(Ground ground, Scenario scenario) {
        return ground.begin(scenario, Workers.SEQUENTIAL);
    }

    /** Runs until all are out or the time is over. */
    static Result run(Ground ground, Scenario scenario, double until_s) {
        Simulation simulation = begin(ground, scenario);
        simulation.advanceTo(until_s);
        return simulation.result();
    }

    /** Runs and shows each step. */
    static Result run(Ground ground, Scenario scenario, double until_s, Consumer<Simulation> eachStep) {
        Simulation simulation = begin(ground, scenario);
        while (!simulation.isOver() && simulation.time_s() < until_s) {
            simulation.step();
            eachStep.accept(simulation);
        }
        return simulation.result();
    }

    static Profile walking(double speed_mps) {
        return Profile.walking(Distribution.constant(speed_mps));
    }

    /** Somebody at a place. */
    static Population one(String id, String level, double x, double y, Profile profile) {
        return Population.of(id, 1, new Placement.At(List.of(new Placement.Spot(level, new Point(x, y)))))
                .like(profile);
    }

    static double mean(float[] values, float[] times, double from_s, double to_s) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (times[i] >= from_s && times[i] <= to_s && !Float.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    /** The time between the passages of two lines by the only one who walks. */
    static double between(Result result, int fromCordon, int toCordon) {
        float[] from = result.cordons().get(fromCordon).all_s();
        float[] to = result.cordons().get(toCordon).all_s();
        return from.length == 0 || to.length == 0 ? Double.NaN : to[0] - from[0];
    }

    static boolean isWithin(double value, double low, double high) {
        return value >= low && value <= high;
    }
}
