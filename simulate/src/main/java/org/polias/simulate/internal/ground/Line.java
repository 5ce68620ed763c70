// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

import org.polias.simulate.api.Segment;

/** A segment as plain numbers. */
public record Line(double ax, double ay, double bx, double by) {

    public static Line of(Segment segment) {
        return new Line(
                segment.from().x_m(),
                segment.from().y_m(),
                segment.to().x_m(),
                segment.to().y_m());
    }

    public double length() {
        return Math.hypot(bx - ax, by - ay);
    }

    /** Positive on the left of the line, in square metres: twice the area of the triangle. */
    public double side(double x, double y) {
        return (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    }

    /**
     * Whether the way from p to q crosses the line: +1 from left to right, -1 from right to left, 0 not. Touching counts on the left
     * side only, so that of two ways that join on the line exactly one crosses.
     */
    public int crossing(double px, double py, double qx, double qy) {
        boolean pLeft = side(px, py) >= 0;
        boolean qLeft = side(qx, qy) >= 0;
        if (pLeft == qLeft) {
            return 0;
        }
        double dx = qx - px;
        double dy = qy - py;
        double a = dx * (ay - py) - dy * (ax - px);
        double b = dx * (by - py) - dy * (bx - px);
        if (a > 0 == b > 0) {
            return 0;
        }
        return pLeft ? 1 : -1;
    }

    /** The parameter in [0, 1] of the point of the line that is nearest to p. */
    public double nearest(double px, double py) {
        double dx = bx - ax;
        double dy = by - ay;
        double l2 = dx * dx + dy * dy;
        return l2 == 0 ? 0 : Math.clamp(((px - ax) * dx + (py - ay) * dy) / l2, 0, 1);
    }

    public double distance(double px, double py) {
        double t = nearest(px, py);
        return Math.hypot(ax + t * (bx - ax) - px, ay + t * (by - ay) - py);
    }
}
