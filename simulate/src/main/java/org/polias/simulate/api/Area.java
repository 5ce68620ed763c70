// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;

/**
 * A polygon with holes. A ring need not repeat its first point at its end. That rings are simple is not demanded here: the
 * {@linkplain Ground ground} mends what is safe to mend and reports the rest.
 */
public record Area(List<Point> shell, List<List<Point>> holes) {

    public Area {
        shell = List.copyOf(shell);
        holes = holes.stream().map(List::copyOf).toList();
    }

    /** A polygon without holes. */
    public static Area of(Point... shell) {
        return new Area(List.of(shell), List.of());
    }

    /** The rectangle with sides along the axes. */
    public static Area rectangle(double minX_m, double minY_m, double maxX_m, double maxY_m) {
        return of(
                new Point(minX_m, minY_m),
                new Point(maxX_m, minY_m),
                new Point(maxX_m, maxY_m),
                new Point(minX_m, maxY_m));
    }
}
