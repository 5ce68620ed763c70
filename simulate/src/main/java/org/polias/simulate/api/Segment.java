// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/** A straight line from one point to another. Its left is on the left hand of one who walks along it. */
public record Segment(Point from, Point to) {

    public static Segment of(double fromX_m, double fromY_m, double toX_m, double toY_m) {
        return new Segment(new Point(fromX_m, fromY_m), new Point(toX_m, toY_m));
    }

    public double length_m() {
        return from.distance_m(to);
    }

    /** The point midway. */
    public Point middle() {
        return new Point((from.x_m() + to.x_m()) / 2, (from.y_m() + to.y_m()) / 2);
    }
}
