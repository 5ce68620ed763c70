// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.List;

import org.polias.simulate.api.Cordon;
import org.polias.simulate.internal.ground.Bins;
import org.polias.simulate.internal.ground.Gate;
import org.polias.simulate.internal.ground.Line;
import org.polias.simulate.internal.ground.PreparedGround;

/** The lines at which passing means something: doors, exits and cordons, numbered in this order. */
final class Tripwires {

    /** A step leads no farther. */
    private static final double REACH_M = 0.6;

    private final List<Line> lines = new ArrayList<>();
    private final List<Integer> surfaces = new ArrayList<>();
    private final Bins bins;
    private final int gates;

    Tripwires(PreparedGround ground, List<Cordon> cordons) {
        for (Gate gate : ground.gates()) {
            lines.add(gate.line());
            surfaces.add(gate.surface());
        }
        gates = lines.size();
        for (Cordon cordon : cordons) {
            lines.add(Line.of(cordon.line()));
            surfaces.add(ground.terrain().level(cordon.level()));
        }
        bins = new Bins(
                ground.terrain().surfaces(),
                lines,
                surfaces.stream().map(surface -> new int[] {surface}).toList(),
                REACH_M);
    }

    /** Doors and exits; what follows them are cordons. */
    int gates() {
        return gates;
    }

    int count() {
        return lines.size();
    }

    Line line(int tripwire) {
        return lines.get(tripwire);
    }

    Bins bins() {
        return bins;
    }
}
