// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

import org.polias.simulate.CrowdSimulator;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;

/**
 * How fast a crowd leaves the {@link District}, with the settings and parameters that the verification suite is passed with, density
 * and pressure being measured once a second.
 *
 * <p>What counts is people who are on the ground: who is out costs nothing and does not count.
 */
public final class CrowdBench {

    /** As long as is measured at most, in wall time; a run that is not over by then has been measured long enough. */
    private static final double LONGEST_S = 25;
    /** For the compiler: a run that is not measured. */
    private static final double WARM_UP_S = 4;

    private final int agents;
    private final int threads;
    private final Consumer<String> progress;

    public CrowdBench(int agents, int threads, Consumer<String> progress) {
        if (agents < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "%d agents on %d threads cannot be measured.".formatted(agents, threads));
        }
        this.agents = agents;
        this.threads = threads;
        this.progress = progress;
    }

    /** Measures. The names of the figures are published. */
    public Map<String, Object> run() {
        try (WorkerThreads workers = new WorkerThreads(threads)) {
            District district = District.of(agents);
            progress.accept("preparing the ground");
            long began = System.nanoTime();
            Ground ground = CrowdSimulator.prepare(district.scene(), Settings.DEFAULT, workers);
            double prepared_s = since(began);
            progress.accept("warming up");
            Run warmUp = measure(ground, district, workers, WARM_UP_S);
            progress.accept("measuring");
            Run run = measure(ground, district, workers, LONGEST_S);
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("agents", agents);
            figures.put("threads", threads);
            figures.put("step_s", Settings.DEFAULT.step_s());
            figures.put("realtime_factor", run.simulated_s / run.wall_s);
            figures.put("agent_seconds_per_s", run.agentSeconds / run.wall_s);
            figures.put("simulated_s", run.simulated_s);
            figures.put("evacuated", run.evacuated);
            figures.put("wall_s", run.wall_s);
            figures.put("prepared_s", prepared_s);
            figures.put("cell_m", ground.cell_m());
            figures.put("warmed_up_s", warmUp.wall_s);
            return figures;
        }
    }

    private record Run(double simulated_s, double wall_s, double agentSeconds, int evacuated) {}

    private Run measure(Ground ground, District district, WorkerThreads workers, double longest_s) {
        Simulation simulation = ground.begin(district.scenario(agents, Settings.DEFAULT), workers);
        double agentSeconds = 0;
        long began = System.nanoTime();
        while (!simulation.isOver() && since(began) < longest_s) {
            agentSeconds += simulation.present() * Settings.DEFAULT.step_s();
            simulation.step();
        }
        return new Run(simulation.time_s(), since(began), agentSeconds, simulation.evacuated());
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** Settings with which nothing is measured. */
    static Settings silent() {
        return new Settings(Settings.DEFAULT.step_s(), OptionalDouble.empty(), 0);
    }
}
