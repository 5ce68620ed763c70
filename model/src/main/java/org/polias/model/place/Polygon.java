// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

import java.util.List;

/**
 * A polygon with holes. Rings are closed: the last position of each equals its first. Shapes are those of a city: small enough
 * that edges are straight in longitude and latitude, and none crosses the antimeridian.
 */
public record Polygon(List<Position> shell, List<List<Position>> holes) {

    /** @throws IllegalArgumentException if a ring has fewer than four positions or is not closed */
    public Polygon {
        shell = List.copyOf(shell);
        holes = holes.stream().map(List::copyOf).toList();
        requireRing("outer ring", shell);
        for (List<Position> hole : holes) {
            requireRing("hole", hole);
        }
    }

    /** A polygon without holes. */
    public static Polygon of(List<Position> shell) {
        return new Polygon(shell, List.of());
    }

    /** Whether {@code position} lies inside (even-odd rule; positions on an edge may count either way). */
    public boolean contains(Position position) {
        if (!ringContains(shell, position)) {
            return false;
        }
        for (List<Position> hole : holes) {
            if (ringContains(hole, position)) {
                return false;
            }
        }
        return true;
    }

    /** How far {@code position} lies from the polygon: 0 inside, else the distance to the nearest edge, in metres. */
    public double distance_m(Position position) {
        if (contains(position)) {
            return 0;
        }
        double least = ringDistance_m(shell, position);
        for (List<Position> hole : holes) {
            least = Math.min(least, ringDistance_m(hole, position));
        }
        return least;
    }

    /** The area without the holes. */
    public double area_m2() {
        double area = ringArea_m2(shell);
        for (List<Position> hole : holes) {
            area -= ringArea_m2(hole);
        }
        return area;
    }

    /** The centre of gravity of the outer ring; of a ring without area, the mean of its positions. */
    public Position centroid() {
        Position reference = shell.getFirst();
        double twiceArea = 0;
        double x = 0;
        double y = 0;
        for (int i = 0; i + 1 < shell.size(); i++) {
            double x0 = shell.get(i).longitude() - reference.longitude();
            double y0 = shell.get(i).latitude() - reference.latitude();
            double x1 = shell.get(i + 1).longitude() - reference.longitude();
            double y1 = shell.get(i + 1).latitude() - reference.latitude();
            double cross = x0 * y1 - x1 * y0;
            twiceArea += cross;
            x += (x0 + x1) * cross;
            y += (y0 + y1) * cross;
        }
        if (twiceArea == 0) {
            int corners = shell.size() - 1;
            double longitude = 0;
            double latitude = 0;
            for (Position corner : shell.subList(0, corners)) {
                longitude += corner.longitude() / corners;
                latitude += corner.latitude() / corners;
            }
            return new Position(longitude, latitude);
        }
        return new Position(reference.longitude() + x / (3 * twiceArea), reference.latitude() + y / (3 * twiceArea));
    }

    private static void requireRing(String what, List<Position> ring) {
        if (ring.size() < 4 || !ring.getFirst().equals(ring.getLast())) {
            throw new IllegalArgumentException(
                    "The %s of %d positions is not closed.%nMaybe repeat its first position at its end; a ring needs at least four."
                            .formatted(what, ring.size()));
        }
    }

    private static boolean ringContains(List<Position> ring, Position p) {
        boolean inside = false;
        for (int i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            Position a = ring.get(i);
            Position b = ring.get(j);
            if (a.latitude() > p.latitude() != b.latitude() > p.latitude()
                    && p.longitude()
                            < (b.longitude() - a.longitude())
                                            * (p.latitude() - a.latitude())
                                            / (b.latitude() - a.latitude())
                                    + a.longitude()) {
                inside = !inside;
            }
        }
        return inside;
    }

    private static double ringDistance_m(List<Position> ring, Position position) {
        LocalFrame frame = new LocalFrame(position);
        double least = Double.POSITIVE_INFINITY;
        Offset a = frame.toOffset(ring.getFirst());
        for (Position corner : ring.subList(1, ring.size())) {
            Offset b = frame.toOffset(corner);
            Offset edge = b.minus(a);
            double length2 = edge.east_m() * edge.east_m() + edge.north_m() * edge.north_m();
            double along = length2 == 0
                    ? 0
                    : Math.clamp(-(a.east_m() * edge.east_m() + a.north_m() * edge.north_m()) / length2, 0, 1);
            least = Math.min(
                    least,
                    new Offset(a.east_m() + along * edge.east_m(), a.north_m() + along * edge.north_m()).length_m());
            a = b;
        }
        return least;
    }

    private static double ringArea_m2(List<Position> ring) {
        LocalFrame frame = new LocalFrame(ring.getFirst());
        double twice = 0;
        for (int i = 0; i + 1 < ring.size(); i++) {
            Offset a = frame.toOffset(ring.get(i));
            Offset b = frame.toOffset(ring.get(i + 1));
            twice += a.east_m() * b.north_m() - b.east_m() * a.north_m();
        }
        return Math.abs(twice) / 2;
    }
}
