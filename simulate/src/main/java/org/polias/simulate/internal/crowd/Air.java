// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.Arrays;

import org.polias.simulate.api.Hazards;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Workers;
import org.polias.simulate.internal.ground.Lattice;
import org.polias.simulate.internal.ground.PreparedGround;

/** What the hazards are at each node, as last asked. */
final class Air {

    /** By how much more a metre costs where a place is to be avoided wholly: one goes a long way round. */
    private static final double AVOIDANCE_COST = 50;
    /** Changes of cost below this part are not worth finding new ways. */
    private static final double WORTH = 0.05;

    private static final int CHUNK = 16_384;

    private final Hazards hazards;
    private final PreparedGround ground;
    private final Workers workers;
    private final String[] levelOf;
    private double asked_s = Double.NEGATIVE_INFINITY;

    /** For each node the part of the speed that smoke leaves. */
    final float[] speed;
    /** For each node the dose that is gathered in a second. */
    final float[] dose_per_s;

    private final float[] slowness;

    Air(Hazards hazards, PreparedGround ground, Workers workers) {
        this.hazards = hazards;
        this.ground = ground;
        this.workers = workers;
        Lattice lattice = ground.lattice();
        Scene scene = ground.scene();
        levelOf = ground.terrain().surfaces().stream()
                .map(surface -> scene.levels().get(surface.level()).id())
                .toArray(String[]::new);
        int nodes = hazards.isNone() ? 0 : lattice.count();
        speed = new float[nodes];
        Arrays.fill(speed, 1);
        dose_per_s = new float[nodes];
        slowness = ground.slowness().clone();
    }

    boolean isNone() {
        return hazards.isNone();
    }

    /** Asks again when it is time; leads ways around what is to be avoided. */
    void refresh(double time_s, Ways ways) {
        if (hazards.isNone() || time_s - asked_s < hazards.interval_s() - 1e-9) {
            return;
        }
        asked_s = time_s;
        Lattice lattice = ground.lattice();
        float[] before = slowness.clone();
        float[] base = ground.slowness();
        int nodes = lattice.count();
        workers.forEach((nodes + CHUNK - 1) / CHUNK, chunk -> {
            int end = Math.min(nodes, (chunk + 1) * CHUNK);
            for (int node = chunk * CHUNK; node < end; node++) {
                String level = levelOf[lattice.surfaceOf(node)];
                float x = lattice.x(node);
                float y = lattice.y(node);
                double smoke = Math.max(0, hazards.extinction_per_m(level, x, y, time_s));
                speed[node] = (float) Math.clamp(hazards.speedPart(smoke), 0.01, 1);
                dose_per_s[node] = (float) Math.max(0, hazards.doseRate_per_s(level, x, y, time_s));
                double avoid = Math.clamp(hazards.avoidance(level, x, y, time_s), 0, 1);
                float cost = (float) (base[node] * (1 + AVOIDANCE_COST * avoid));
                if (Math.abs(cost - before[node]) > WORTH * before[node] || avoid == 0) {
                    slowness[node] = cost;
                }
            }
        });
        int changed = 0;
        int[] nodesChanged = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            if (slowness[node] != before[node]) {
                nodesChanged[changed++] = node;
            }
        }
        if (changed > 0) {
            ways.setSlowness(slowness.clone(), Arrays.copyOf(nodesChanged, changed));
        }
    }
}
