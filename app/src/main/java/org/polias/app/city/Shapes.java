// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.polias.model.place.LocalFrame;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** Reads GeoJSON geometries (RFC 7946) and finds what is wrong with them. */
final class Shapes {

    /** No site is so large that something of it lies further from its origin. */
    private static final double NEIGHBOURHOOD_M = 50_000;
    /** Below this a shape has no area that anybody could stand on. */
    private static final double MIN_AREA_M2 = 0.01;

    /** More corners than any zone needs; the search for crossings is not made for coastlines. */
    private static final int MAX_CORNERS = 20_000;

    private static final Set<String> MEMBERS = Set.of("type", "coordinates", "bbox");

    private final String file;
    private final ProblemLog log;

    Shapes(String file, ProblemLog log) {
        this.file = file;
        this.log = log;
    }

    Optional<Polygon> polygon(Optional<Node> geometry, int line, String what, Position origin) {
        Optional<Node> coordinates = coordinates(geometry, line, what, "Polygon");
        if (coordinates.isEmpty()) {
            return Optional.empty();
        }
        if (!(coordinates.get() instanceof Node.Items rings) || rings.items().isEmpty()) {
            return wrong(
                    coordinates.get().line(),
                    what + " has no ring of coordinates.",
                    "Maybe write [[[lon, lat], ...]].");
        }
        List<List<Position>> read = new ArrayList<>();
        for (Node ring : rings.items()) {
            Optional<List<Position>> positions = ring(ring, what, origin);
            if (positions.isEmpty()) {
                return Optional.empty();
            }
            read.add(positions.get());
        }
        Polygon polygon = new Polygon(read.getFirst(), read.subList(1, read.size()));
        Polygon filled = Polygon.of(polygon.shell());
        for (List<Position> hole : polygon.holes()) {
            if (!filled.contains(Polygon.of(hole).centroid()) && !filled.contains(hole.getFirst())) {
                return wrong(
                        coordinates.get().line(),
                        what + " has a hole that lies outside its outer ring.",
                        "Maybe the first ring is not the outer one.");
            }
        }
        if (!(polygon.area_m2() >= MIN_AREA_M2)) {
            return wrong(
                    coordinates.get().line(),
                    "%s has an area of %.3f m2.".formatted(what, polygon.area_m2()),
                    "Maybe its corners lie on one line.");
        }
        return Optional.of(polygon);
    }

    Optional<Position> point(Optional<Node> geometry, int line, String what, Position origin) {
        return coordinates(geometry, line, what, "Point")
                .flatMap(pair -> position(pair, what))
                .filter(position -> isNear(position, line, what, origin));
    }

    /** A position given as {@code [lon, lat]}, with a third number (a height) that is ignored. */
    Optional<Position> position(Node node, String what) {
        if (!(node instanceof Node.Items pair)
                || pair.items().size() < 2
                || pair.items().size() > 3) {
            return wrong(
                    node.line(),
                    "%s has %s as a position.".formatted(what, node.describe()),
                    "Maybe write [longitude, latitude].");
        }
        List<Double> numbers = new ArrayList<>();
        for (Node item : pair.items()) {
            Optional<Double> number =
                    item instanceof Node.Scalar scalar ? Fields.parseNumber(scalar.text()) : Optional.empty();
            if (number.isEmpty()) {
                return wrong(
                        item.line(),
                        "%s has %s as a coordinate, which is not a number.".formatted(what, item.describe()),
                        "Maybe write degrees with a decimal point.");
            }
            numbers.add(number.get());
        }
        double longitude = numbers.get(0);
        double latitude = numbers.get(1);
        if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90) {
            return wrong(
                    node.line(),
                    "%s has the position [%s, %s], which is not on the earth.".formatted(what, longitude, latitude),
                    Math.abs(latitude) <= 180 && Math.abs(longitude) <= 90
                            ? "Maybe longitude and latitude are exchanged: longitude comes first."
                            : "Maybe these are metres of a national grid: degrees (WGS84) are expected.");
        }
        return Optional.of(new Position(longitude, latitude));
    }

    /** Whether a position is in its site's neighbourhood; if not, that is a problem. */
    boolean isNear(Position position, int line, String what, Position origin) {
        double distance_m = distance_m(position, origin);
        if (distance_m <= NEIGHBOURHOOD_M) {
            return true;
        }
        boolean exchanged = Math.abs(position.longitude()) <= 90
                && distance_m(new Position(position.latitude(), position.longitude()), origin) <= NEIGHBOURHOOD_M;
        wrong(
                line,
                "%s lies at [%s, %s], %.0f km from its site's origin."
                        .formatted(what, position.longitude(), position.latitude(), distance_m / 1000),
                exchanged
                        ? "Maybe longitude and latitude are exchanged: longitude comes first."
                        : "Maybe it belongs to another site, or the origin in city.yaml is wrong.");
        return false;
    }

    private Optional<Node> coordinates(Optional<Node> geometry, int line, String what, String type) {
        if (geometry.isEmpty() || !(geometry.get() instanceof Node.Mapping mapping)) {
            return wrong(line, "%s has no geometry.".formatted(what), "Maybe give it a %s.".formatted(type));
        }
        Fields fields = new Fields(file, what, mapping, MEMBERS, log);
        Optional<String> written = fields.findText("type");
        if (!written.equals(Optional.of(type))) {
            return wrong(
                    fields.line("type"),
                    "%s has a geometry of type %s; a %s is expected."
                            .formatted(what, ProblemLog.quote(written.orElse("")), type),
                    written.equals(Optional.of("MultiPolygon")) ? "Maybe make each of its parts a feature." : "");
        }
        Optional<Node> coordinates = fields.find("coordinates");
        return coordinates.isPresent()
                ? coordinates
                : wrong(mapping.line(), "%s has a geometry without coordinates.".formatted(what), "");
    }

    private Optional<List<Position>> ring(Node node, String what, Position origin) {
        if (!(node instanceof Node.Items items)) {
            return wrong(
                    node.line(),
                    "%s has %s where a ring of positions is expected.".formatted(what, node.describe()),
                    "Maybe write [[lon, lat], ...].");
        }
        if (items.items().size() > MAX_CORNERS) {
            return wrong(
                    node.line(),
                    "%s has a ring of %d positions; at most %d are allowed."
                            .formatted(what, items.items().size(), MAX_CORNERS),
                    "Maybe simplify the shape.");
        }
        List<Position> ring = new ArrayList<>();
        for (Node item : items.items()) {
            Optional<Position> position = position(item, what);
            if (position.isEmpty() || !isNear(position.get(), item.line(), what, origin)) {
                return Optional.empty();
            }
            if (ring.isEmpty() || !ring.getLast().equals(position.get())) {
                ring.add(position.get());
            }
        }
        if (ring.size() < 3 || ring.size() == 3 && ring.getFirst().equals(ring.getLast())) {
            return wrong(
                    node.line(),
                    "%s has a ring of %d different positions; at least three are needed."
                            .formatted(what, ring.stream().distinct().count()),
                    "Maybe positions are missing.");
        }
        if (!ring.getFirst().equals(ring.getLast())) {
            return wrong(
                    node.line(),
                    "%s has a ring that is not closed: it begins at [%s, %s] and ends at [%s, %s]."
                            .formatted(
                                    what,
                                    ring.getFirst().longitude(),
                                    ring.getFirst().latitude(),
                                    ring.getLast().longitude(),
                                    ring.getLast().latitude()),
                    "Maybe repeat its first position at its end.");
        }
        Optional<Position> crossing = findCrossing(ring);
        if (crossing.isPresent()) {
            return wrong(
                    node.line(),
                    "%s has a ring that crosses itself near [%s, %s]."
                            .formatted(
                                    what,
                                    crossing.get().longitude(),
                                    crossing.get().latitude()),
                    "Maybe two positions stand in the wrong order.");
        }
        return Optional.of(ring);
    }

    /** Where two edges that are not neighbours meet; a sweep over the edges by their western ends. */
    private static Optional<Position> findCrossing(List<Position> ring) {
        int edges = ring.size() - 1;
        List<Edge> sorted = new ArrayList<>(edges);
        for (int i = 0; i < edges; i++) {
            sorted.add(new Edge(i, ring.get(i), ring.get(i + 1)));
        }
        sorted.sort(Comparator.comparingDouble(Edge::west).thenComparingInt(Edge::index));
        for (int i = 0; i < edges; i++) {
            Edge first = sorted.get(i);
            for (int j = i + 1; j < edges && sorted.get(j).west() <= first.east(); j++) {
                Edge second = sorted.get(j);
                int apart = Math.abs(first.index - second.index);
                if (apart > 1 && apart < edges - 1 && first.meets(second)) {
                    return Optional.of(second.from);
                }
            }
        }
        return Optional.empty();
    }

    private <T> Optional<T> wrong(int line, String message, String advice) {
        log.add(file, line, "", message, advice);
        return Optional.empty();
    }

    private static double distance_m(Position a, Position b) {
        return new LocalFrame(b).toOffset(a).length_m();
    }

    private record Edge(int index, Position from, Position to) {

        double west() {
            return Math.min(from.longitude(), to.longitude());
        }

        double east() {
            return Math.max(from.longitude(), to.longitude());
        }

        boolean meets(Edge other) {
            double a = side(from, to, other.from);
            double b = side(from, to, other.to);
            double c = side(other.from, other.to, from);
            double d = side(other.from, other.to, to);
            if ((a > 0 && b < 0 || a < 0 && b > 0) && (c > 0 && d < 0 || c < 0 && d > 0)) {
                return true;
            }
            return a == 0 && spans(other.from)
                    || b == 0 && spans(other.to)
                    || c == 0 && other.spans(from)
                    || d == 0 && other.spans(to);
        }

        private boolean spans(Position p) {
            return p.longitude() >= west()
                    && p.longitude() <= east()
                    && p.latitude() >= Math.min(from.latitude(), to.latitude())
                    && p.latitude() <= Math.max(from.latitude(), to.latitude());
        }

        /** Twice the signed area of the triangle: on which side of the line through a and b lies p. */
        private static double side(Position a, Position b, Position p) {
            return (b.longitude() - a.longitude()) * (p.latitude() - a.latitude())
                    - (b.latitude() - a.latitude()) * (p.longitude() - a.longitude());
        }
    }
}
