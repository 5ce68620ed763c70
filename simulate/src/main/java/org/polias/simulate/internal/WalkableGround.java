// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal;

import java.util.List;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Snapshot;
import org.polias.simulate.api.Workers;
import org.polias.simulate.internal.crowd.RunningSimulation;
import org.polias.simulate.internal.ground.PreparedGround;

/** The ground as others see it. */
public record WalkableGround(PreparedGround ground) implements Ground {

    @Override
    public Scene scene() {
        return ground.scene();
    }

    @Override
    public List<Problem> problems() {
        return List.copyOf(ground.problems());
    }

    @Override
    public double walkable_m2() {
        return ground.walkable_m2();
    }

    @Override
    public double cell_m() {
        return ground.lattice().cell_m();
    }

    @Override
    public boolean isWalkable(String level, Point point) {
        return ground.terrain().isKnownLevel(level)
                && ground.isWalkable(ground.terrain().level(level), point.x_m(), point.y_m());
    }

    @Override
    public double walkable_m2(String level, Area area) {
        return ground.walkable_m2(level, area);
    }

    @Override
    public double distance_m(String exit, String level, Point point) {
        int index = ground.exit(exit);
        if (index < 0 || !ground.terrain().isKnownLevel(level)) {
            throw new IllegalArgumentException("There is no exit '%s', or no level '%s'.".formatted(exit, level));
        }
        int node = ground.lattice().node(ground.terrain().level(level), point.x_m(), point.y_m());
        return node < 0 ? Double.POSITIVE_INFINITY : ground.fields().get(index).distance()[node];
    }

    @Override
    public Simulation begin(Scenario scenario, Workers workers) {
        return RunningSimulation.begin(ground, scenario, workers);
    }

    @Override
    public Simulation resume(Snapshot snapshot, Scenario scenario, Workers workers) {
        return RunningSimulation.resume(ground, snapshot, scenario, workers);
    }
}
