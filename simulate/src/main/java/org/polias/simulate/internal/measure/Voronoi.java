// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.measure;

import java.util.Arrays;

/**
 * The Voronoi cell of one person among others, cut off at a distance: a regular polygon around the person, cut by the
 * perpendicular bisectors to the neighbours, nearest first. Exact but for the polygon that stands for the circle.
 *
 * <p>An instance may be used again and again, by one thread at a time.
 */
public final class Voronoi {

    private static final int CORNERS = 16;

    private double[] xs = new double[64];
    private double[] ys = new double[64];
    private double[] nextX = new double[64];
    private double[] nextY = new double[64];
    private int count;

    private final double cutOff;

    /** @param cutOff the farthest that a cell reaches, metres */
    public Voronoi(double cutOff) {
        this.cutOff = cutOff;
    }

    /** Begins the cell of a person at a place. */
    public void begin(double x, double y) {
        // Circumscribed so that its area is the circle's.
        double radius = cutOff * Math.sqrt(2 * Math.PI / (CORNERS * Math.sin(2 * Math.PI / CORNERS)));
        for (int i = 0; i < CORNERS; i++) {
            double angle = 2 * Math.PI * (i + 0.5) / CORNERS;
            xs[i] = x + radius * Math.cos(angle);
            ys[i] = y + radius * Math.sin(angle);
        }
        count = CORNERS;
    }

    /** Cuts off what is nearer to another at q than to the person at p. */
    public void cutBisector(double px, double py, double qx, double qy) {
        double nx = qx - px;
        double ny = qy - py;
        cut(nx, ny, (nx * (px + qx) + ny * (py + qy)) / 2);
    }

    /** Keeps what lies to the left of the line from a to b. */
    public void keepLeft(double ax, double ay, double bx, double by) {
        double nx = by - ay;
        double ny = ax - bx;
        cut(nx, ny, nx * ax + ny * ay);
    }

    /** Keeps the points with n . p at most c. */
    private void cut(double nx, double ny, double c) {
        if (xs.length < count + 4) {
            xs = Arrays.copyOf(xs, 2 * xs.length);
            ys = Arrays.copyOf(ys, 2 * ys.length);
            nextX = Arrays.copyOf(nextX, xs.length);
            nextY = Arrays.copyOf(nextY, ys.length);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int next = i + 1 == count ? 0 : i + 1;
            double here = nx * xs[i] + ny * ys[i] - c;
            double there = nx * xs[next] + ny * ys[next] - c;
            if (here <= 0) {
                nextX[kept] = xs[i];
                nextY[kept++] = ys[i];
            }
            if (here < 0 && there > 0 || here > 0 && there < 0) {
                double t = here / (here - there);
                nextX[kept] = xs[i] + t * (xs[next] - xs[i]);
                nextY[kept++] = ys[i] + t * (ys[next] - ys[i]);
            }
        }
        double[] swap = xs;
        xs = nextX;
        nextX = swap;
        swap = ys;
        ys = nextY;
        nextY = swap;
        count = kept;
    }

    /** The area of what is left. */
    public double area() {
        double twice = 0;
        for (int i = 0; i < count; i++) {
            int next = i + 1 == count ? 0 : i + 1;
            twice += xs[i] * ys[next] - xs[next] * ys[i];
        }
        return Math.max(0, twice / 2);
    }

    int corners() {
        return count;
    }

    double x(int corner) {
        return xs[corner];
    }

    double y(int corner) {
        return ys[corner];
    }
}
