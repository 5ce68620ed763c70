// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.LineStringExtracter;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.distance.DistanceOp;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Zone;
import org.polias.model.city.ZoneKind;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.ground.District.Made;
import org.polias.simulate.network.Floor;

/**
 * Makes ground of a city's site: people walk on its stands, concourses, squares, parks, roads and the like, around buildings, industry and
 * water; a fence runs around stands and concourses, with a door wherever a gate is; exits are where ground meets the site's boundary.
 * On each zone are as many people as are expected there.
 */
public final class CityGround {

    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final String STREET = "street";
    /** The opening of a gate, m: two turnstile blocks and a leaf between them, opened. */
    private static final double GATE_M = 6;
    /** A gate further than this from the fence belongs to something else. */
    private static final double GATE_REACH_M = 25;

    private static final Distribution PRE_MOVEMENT = new Distribution.LogNormal(30, 0.6, 180);

    private final SiteDefinition site;
    private final LocalFrame frame;
    private final List<String> notes = new ArrayList<>();

    private CityGround(SiteDefinition site) {
        this.site = site;
        this.frame = new LocalFrame(site.site().origin());
    }

    /** The ground of a site, or what it lacks. */
    public static Made of(SiteDefinition site) {
        return new CityGround(site).make();
    }

    private Made make() {
        Geometry roads = union(List.of(ZoneKind.ROAD, ZoneKind.STOP));
        Geometry open = union(List.of(
                ZoneKind.STAND,
                ZoneKind.PITCH,
                ZoneKind.CONCOURSE,
                ZoneKind.GATE_AREA,
                ZoneKind.SQUARE,
                ZoneKind.PARK,
                ZoneKind.OTHER));
        Geometry obstacles = union(List.of(ZoneKind.BUILDING, ZoneKind.INDUSTRIAL, ZoneKind.RESTRICTED));
        Geometry water = union(List.of(ZoneKind.WATER));
        Geometry ground = minus(UnaryUnionOp.union(List.of(roads, minus(open, water))), obstacles);
        Optional<Geometry> boundary = site.site().boundary().map(this::shape);
        Geometry edge = boundary.filter(each -> !ground.isEmpty() && each.intersects(ground))
                .orElseGet(ground::getEnvelope);
        Geometry inside = ground.isEmpty() ? ground : OverlayNGRobust.overlay(ground, edge, OverlayNG.INTERSECTION);
        inside = inside.isEmpty() ? inside : inside.buffer(-0.2, 2).buffer(0.2, 2);
        if (inside.isEmpty()) {
            return new Made.Nothing(List.of(
                    "The site %s has no zone on which people walk.\nMaybe add zones of the kinds road, square, park, concourse or stand to zones.geojson."
                            .formatted(site.site().id())));
        }
        List<Exit> exits = WaysOut.of(inside, edge, STREET, this::street, notes);
        List<Segment> walls = new ArrayList<>();
        List<Door> doors = new ArrayList<>();
        SortedSet<String> operable = new TreeSet<>();
        fence(inside, walls, doors, operable);
        List<Population> people = people(inside);
        notes.add("%.0f m2 of ground for people, %d gates in the fence, %d exits, %d people in %d zones."
                .formatted(
                        inside.getArea(),
                        doors.size(),
                        exits.size(),
                        people.stream().mapToInt(Population::count).sum(),
                        people.size()));
        if (exits.isEmpty()) {
            return new Made.Nothing(List.of(
                    "No ground of the site %s reaches its boundary: there is no exit.\nMaybe draw the roads up to the boundary."
                            .formatted(site.site().id())));
        }
        Scene scene = new Scene(
                site.site().name(),
                List.of(new Level(STREET, 0, Floor.toAreas(inside), List.of(), walls)),
                doors,
                List.of(),
                exits);
        return new Made.Ground(
                new Situation(
                        site.site().name(),
                        Optional.of(site.site().origin()),
                        scene,
                        people,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Collections.unmodifiableSortedSet(operable),
                        3600,
                        1),
                notes);
    }

    private Geometry union(List<ZoneKind> kinds) {
        List<Geometry> shapes = site.zones().stream()
                .filter(zone -> kinds.contains(zone.kind()))
                .map(zone -> shape(zone.shape()))
                .toList();
        return shapes.isEmpty() ? GEOMETRY.createPolygon() : UnaryUnionOp.union(shapes);
    }

    private Geometry shape(org.polias.model.place.Polygon polygon) {
        return Floor.toGeometry(new Area(
                points(polygon.shell()),
                polygon.holes().stream().map(this::points).toList()));
    }

    private List<Point> points(List<Position> ring) {
        return ring.stream()
                .map(frame::toOffset)
                .map(at -> new Point(at.east_m(), at.north_m()))
                .toList();
    }

    private static Geometry minus(Geometry from, Geometry what) {
        return from.isEmpty() || what.isEmpty() ? from : OverlayNGRobust.overlay(from, what, OverlayNG.DIFFERENCE);
    }

    /** The name of the nearest road. */
    private String street(Geometry strip) {
        String best = "way";
        double nearest = 30;
        for (Zone zone : site.zones()) {
            if (zone.kind() == ZoneKind.ROAD || zone.kind() == ZoneKind.PARK || zone.kind() == ZoneKind.SQUARE) {
                double d = shape(zone.shape()).distance(strip) + (zone.kind() == ZoneKind.ROAD ? 0 : 1);
                if (d < nearest) {
                    nearest = d;
                    best = zone.id().value();
                }
            }
        }
        return best;
    }

    /** Around stands and concourses, open only at gates; none where there are no gates. */
    private void fence(Geometry ground, List<Segment> walls, List<Door> doors, SortedSet<String> operable) {
        Geometry fenced = union(List.of(ZoneKind.STAND, ZoneKind.CONCOURSE));
        if (fenced.isEmpty()) {
            return;
        }
        // The pitch and the gaps between stands are inside.
        Geometry whole = fenced.buffer(8, 4).buffer(-8, 4);
        List<Geometry> filled = new ArrayList<>();
        for (Object each : PolygonExtracter.getPolygons(whole)) {
            filled.add(GEOMETRY.createPolygon(((Polygon) each).getExteriorRing().getCoordinates()));
        }
        Geometry line = UnaryUnionOp.union(filled).getBoundary();
        for (Asset asset : site.assets()) {
            if (asset.kind() != AssetKind.GATE) {
                continue;
            }
            Offset at = frame.toOffset(asset.position());
            Geometry point = GEOMETRY.createPoint(new Coordinate(at.east_m(), at.north_m()));
            if (line.isEmpty() || line.distance(point) > GATE_REACH_M) {
                continue;
            }
            Coordinate nearest = DistanceOp.nearestPoints(line, point)[0];
            Geometry hole = GEOMETRY.createPoint(nearest).buffer(GATE_M / 2, 8);
            Coordinate[] ends = ends(OverlayNGRobust.overlay(line, hole, OverlayNG.INTERSECTION));
            line = minus(line, hole);
            if (ends.length == 2) {
                String id = asset.id().value();
                doors.add(Door.of(id, STREET, segment(ends[0], ends[1])));
                operable.add(id);
            }
        }
        if (doors.isEmpty()) {
            notes.add("No gate is near the stands: there is no fence around them.");
            return;
        }
        Geometry standing = OverlayNGRobust.overlay(line, ground, OverlayNG.INTERSECTION);
        for (Object each : LineStringExtracter.getLines(standing)) {
            Coordinate[] corners = ((LineString) each).getCoordinates();
            for (int i = 1; i < corners.length; i++) {
                walls.add(segment(corners[i - 1], corners[i]));
            }
        }
    }

    /** The two points of a piece of line that lie furthest apart. */
    private static Coordinate[] ends(Geometry piece) {
        Coordinate[] all = piece.getCoordinates();
        Coordinate[] best = new Coordinate[0];
        double furthest = 1;
        for (Coordinate a : all) {
            for (Coordinate b : all) {
                if (a.distance(b) > furthest) {
                    furthest = a.distance(b);
                    best = new Coordinate[] {a, b};
                }
            }
        }
        return best;
    }

    private static Segment segment(Coordinate a, Coordinate b) {
        return Segment.of(a.x, a.y, b.x, b.y);
    }

    private List<Population> people(Geometry ground) {
        List<Population> people = new ArrayList<>();
        for (Zone zone : site.zones()) {
            if (zone.expectedPeople() <= 0) {
                continue;
            }
            Geometry where = OverlayNGRobust.overlay(shape(zone.shape()), ground, OverlayNG.INTERSECTION);
            List<Area> areas = Floor.toAreas(where).stream()
                    .filter(area -> Floor.toGeometry(area).getArea() > 4)
                    .toList();
            if (areas.isEmpty()) {
                notes.add("The %d people of the zone %s stand where there is no ground, and are left out."
                        .formatted(zone.expectedPeople(), zone.id()));
                continue;
            }
            double total = areas.stream()
                    .mapToDouble(area -> Floor.toGeometry(area).getArea())
                    .sum();
            for (int i = 0; i < areas.size(); i++) {
                int count = (int) Math.round(
                        zone.expectedPeople() * Floor.toGeometry(areas.get(i)).getArea() / total);
                if (count > 0) {
                    String id = zone.id().value() + (i == 0 ? "" : "-part-" + (i + 1));
                    people.add(Population.of(id, count, new Placement.Within(STREET, areas.get(i)))
                            .leavingAfter(PRE_MOVEMENT));
                }
            }
        }
        return people;
    }
}
