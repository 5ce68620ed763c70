// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Workers;
import org.polias.simulate.internal.ground.FastMarching;
import org.polias.simulate.internal.ground.Field;
import org.polias.simulate.internal.ground.Goal;
import org.polias.simulate.internal.ground.Lattice;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.ground.Surface;

/**
 * The fields that a simulation's people follow, as its gates and hazards are now. First those of the exits, then, where somebody on
 * wheels needs them, those of the exits without stairs, then those of other goals.
 */
final class Ways {

    private final PreparedGround ground;
    private final Lattice lattice;
    private final Workers workers;
    private final int exits;
    private final List<Field> fields = new ArrayList<>();
    private final List<Goal> goals = new ArrayList<>();
    private final List<Boolean> stepless = new ArrayList<>();
    private final Map<RouteChoice.Toward, Integer> toward = new HashMap<>();
    private final boolean[] isStep;
    private final boolean[] open;
    private float[] slowness;
    private int firstStepless = -1;

    Ways(PreparedGround ground, Workers workers, boolean[] open) {
        this.ground = ground;
        this.workers = workers;
        this.open = open.clone();
        lattice = ground.lattice();
        exits = ground.goals().size();
        slowness = ground.slowness();
        for (int i = 0; i < exits; i++) {
            fields.add(ground.fields().get(i));
            goals.add(ground.goals().get(i));
            stepless.add(false);
        }
        boolean anyStep = false;
        isStep = new boolean[ground.terrain().surfaces().size()];
        for (Surface surface : ground.terrain().surfaces()) {
            isStep[surface.index()] = surface.isStep();
            anyStep |= surface.isStep();
        }
        hasSteps = anyStep;
        boolean[] initially = ground.openAt(0);
        if (!Arrays.equals(initially, open)) {
            refresh(differing(initially, open));
        }
    }

    private final boolean hasSteps;

    private int[] differing(boolean[] before, boolean[] after) {
        List<Integer> gates = new ArrayList<>();
        for (int i = 0; i < after.length; i++) {
            if (before[i] != after[i]) {
                gates.add(i);
            }
        }
        return nodesBeside(gates);
    }

    private int[] nodesBeside(List<Integer> gates) {
        return gates.stream()
                .flatMapToInt(gate -> Arrays.stream(lattice.beside(gate)))
                .distinct()
                .toArray();
    }

    List<Field> fields() {
        return fields;
    }

    boolean[] open() {
        return open;
    }

    int exits() {
        return exits;
    }

    /** The exit that a field leads to; -1: another goal. */
    int exitOf(int field) {
        if (field < 0) {
            return -1;
        }
        if (field < exits) {
            return field;
        }
        return firstStepless >= 0 && field < firstStepless + exits && field >= firstStepless
                ? field - firstStepless
                : -1;
    }

    /** The field of an exit for one who can, or cannot, climb stairs. */
    int fieldOf(int exit, boolean onWheels) {
        return onWheels && hasSteps ? firstStepless + exit : exit;
    }

    /** Makes the fields for those who cannot climb. */
    void needStepless() {
        if (!hasSteps || firstStepless >= 0) {
            return;
        }
        firstStepless = fields.size();
        for (int i = 0; i < exits; i++) {
            goals.add(goals.get(i));
            stepless.add(true);
            fields.add(fields.get(i));
        }
        float[] cost = steplessCost();
        Field[] made = new Field[exits];
        workers.forEach(
                exits,
                i -> made[i] = new FastMarching(lattice, open, cost)
                        .march(goals.get(i).nodes(), goals.get(i).distances()));
        for (int i = 0; i < exits; i++) {
            fields.set(firstStepless + i, made[i]);
        }
    }

    /** The field of a goal that is no exit. */
    int fieldOf(RouteChoice.Toward goal) {
        return toward.computeIfAbsent(goal, it -> {
            Goal made = ground.goal(ground.terrain().level(it.level()), it.area());
            goals.add(made);
            stepless.add(false);
            fields.add(new FastMarching(lattice, open, slowness).march(made.nodes(), made.distances()));
            return fields.size() - 1;
        });
    }

    private float[] steplessCost() {
        float[] cost = slowness.clone();
        for (int node = 0; node < cost.length; node++) {
            if (isStep[lattice.surfaceOf(node)]) {
                cost[node] = Float.POSITIVE_INFINITY;
            }
        }
        return cost;
    }

    /** Opens or closes gates; what leads through them is found anew. */
    void setOpen(List<Integer> gates, boolean[] state) {
        for (int gate : gates) {
            open[gate] = state[gate];
        }
        int[] changed = nodesBeside(gates);
        if (changed.length > 0) {
            refresh(changed);
        }
    }

    /** Takes over what ways cost now; what leads through nodes where that changed is found anew. */
    void setSlowness(float[] newSlowness, int[] changed) {
        slowness = newSlowness;
        if (changed.length > 0) {
            refresh(changed);
        }
    }

    private void refresh(int[] changed) {
        float[] without = firstStepless >= 0 ? steplessCost() : slowness;
        Field[] made = new Field[fields.size()];
        workers.forEach(
                made.length,
                i -> made[i] = new FastMarching(lattice, open, stepless.get(i) ? without : slowness)
                        .update(fields.get(i), changed, goals.get(i).nodes()));
        for (int i = 0; i < made.length; i++) {
            fields.set(i, made[i]);
        }
    }
}
