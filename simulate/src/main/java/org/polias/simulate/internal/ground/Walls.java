// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import java.util.ArrayList;
import java.util.List;

/**
 * The walls of all surfaces, and the gates, which are walls while they are closed: item i of the bins is wall i, or, from
 * {@link #count()} on, gate i - count. Walls come with the question whether one could see through: whether there is ground close
 * on both sides.
 */
public final class Walls {

    /** How far a step can lead, and the widest body: what is nearer may be run against. */
    public static final double REACH_M = 1.0;

    private final double[] ax;
    private final double[] ay;
    private final double[] bx;
    private final double[] by;
    private final int count;
    private final Bins near;
    private final Bins screens;

    Walls(Terrain terrain, List<Gate> gates, Lattice lattice, double sight) {
        List<Line> lines = new ArrayList<>();
        List<int[]> surfaceOf = new ArrayList<>();
        for (Surface surface : terrain.surfaces()) {
            for (Line wall : terrain.walls(surface.index())) {
                lines.add(wall);
                surfaceOf.add(new int[] {surface.index()});
            }
        }
        count = lines.size();
        for (Gate gate : gates) {
            lines.add(gate.line());
            surfaceOf.add(new int[] {gate.surface()});
        }
        ax = lines.stream().mapToDouble(Line::ax).toArray();
        ay = lines.stream().mapToDouble(Line::ay).toArray();
        bx = lines.stream().mapToDouble(Line::bx).toArray();
        by = lines.stream().mapToDouble(Line::by).toArray();
        near = new Bins(terrain.surfaces(), lines, surfaceOf, REACH_M);
        List<int[]> screening = new ArrayList<>(surfaceOf);
        for (int i = 0; i < count; i++) {
            if (!isScreen(lines.get(i), surfaceOf.get(i)[0], lattice, sight)) {
                screening.set(i, new int[0]);
            }
        }
        screens = new Bins(terrain.surfaces(), lines, screening, sight);
    }

    private static boolean isScreen(Line line, int surface, Lattice lattice, double sight) {
        double length = line.length();
        double nx = -(line.by() - line.ay()) / length;
        double ny = (line.bx() - line.ax()) / length;
        int samples = Math.max(2, (int) Math.ceil(length / 0.5));
        for (int i = 0; i <= samples; i++) {
            double x = line.ax() + i * (line.bx() - line.ax()) / samples;
            double y = line.ay() + i * (line.by() - line.ay()) / samples;
            if (isGround(lattice, surface, x, y, nx, ny, sight) && isGround(lattice, surface, x, y, -nx, -ny, sight)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isGround(
            Lattice lattice, int surface, double x, double y, double nx, double ny, double sight) {
        for (double d = lattice.cell_m() / 2; d < sight; d += lattice.cell_m()) {
            if (lattice.node(surface, x + d * nx, y + d * ny) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Walls proper; what follows them are gates. */
    public int count() {
        return count;
    }

    /** The walls and gates within reach of a step. */
    public Bins near() {
        return near;
    }

    /** The walls that hide people on one side from those on the other, and the gates, within sight. */
    public Bins screens() {
        return screens;
    }

    public double ax(int item) {
        return ax[item];
    }

    public double ay(int item) {
        return ay[item];
    }

    public double bx(int item) {
        return bx[item];
    }

    public double by(int item) {
        return by[item];
    }

    /** How far a place is from the item. */
    public double distance(int item, double x, double y) {
        double dx = bx[item] - ax[item];
        double dy = by[item] - ay[item];
        double l2 = dx * dx + dy * dy;
        double t = l2 == 0 ? 0 : Math.clamp(((x - ax[item]) * dx + (y - ay[item]) * dy) / l2, 0, 1);
        return Math.hypot(ax[item] + t * dx - x, ay[item] + t * dy - y);
    }

    /** Whether the way from p to q crosses the item: +1 from left to right, -1 from right to left, 0 not. */
    public int crossing(int item, double px, double py, double qx, double qy) {
        double x1 = ax[item];
        double y1 = ay[item];
        double x2 = bx[item];
        double y2 = by[item];
        boolean pLeft = (x2 - x1) * (py - y1) - (y2 - y1) * (px - x1) >= 0;
        boolean qLeft = (x2 - x1) * (qy - y1) - (y2 - y1) * (qx - x1) >= 0;
        if (pLeft == qLeft) {
            return 0;
        }
        double dx = qx - px;
        double dy = qy - py;
        boolean a = dx * (y1 - py) - dy * (x1 - px) > 0;
        boolean b = dx * (y2 - py) - dy * (x2 - px) > 0;
        if (a == b) {
            return 0;
        }
        return pLeft ? 1 : -1;
    }
}
