// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LineString;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.geom.util.LineStringExtracter;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.buffer.BufferParameters;
import org.locationtech.jts.operation.overlayng.OverlayNG;
import org.locationtech.jts.operation.overlayng.OverlayNGRobust;
import org.locationtech.jts.operation.polygonize.Polygonizer;
import org.locationtech.jts.operation.union.UnaryUnionOp;
import org.locationtech.jts.simplify.TopologyPreservingSimplifier;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.ground.District.Made;
import org.polias.simulate.network.Floor;

/**
 * Makes ground of a piece of OpenStreetMap: squares, parks and other areas on which people walk, streets and paths as wide as their tags
 * or their class say, buildings and water in the way, stands and gates, and an exit wherever a way leaves the district. Everything lies
 * on one level, the street; tunnels are left out, and steps are walked like paths.
 */
public final class MapGround {

    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    private static final String STREET = "street";
    /** Ground that is not joined to a larger piece is left out below this. */
    private static final double MIN_PIECE_M2 = 20;

    private static final double SIMPLIFY_M = 0.15;
    private static final double GATE_M = 3;
    private static final Set<String> WALKED_LEISURE = Set.of(
            "park", "pitch", "playground", "garden", "common", "track", "dog_park", "stadium", "recreation_ground");
    private static final Set<String> WALKED_LANDUSE =
            Set.of("grass", "recreation_ground", "village_green", "meadow", "plaza");
    private static final Set<String> WALKED_AMENITY = Set.of("parking", "marketplace", "bus_station", "school");
    private static final Set<String> BARRIERS =
            Set.of("wall", "fence", "city_wall", "retaining_wall", "hedge", "guard_rail");
    private static final Set<String> GATES = Set.of(
            "gate",
            "lift_gate",
            "swing_gate",
            "entrance",
            "turnstile",
            "kissing_gate",
            "bollard",
            "cycle_barrier",
            "sally_port");

    private final MapData data;
    private final String name;
    private final LocalFrame frame;
    private final Envelope box;
    private final Geometry district;
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Integer> defaulted = new LinkedHashMap<>();
    private int mended;
    private int unusable;

    private MapGround(MapData data, String name, Position centre, double radius_m) {
        this.data = data;
        this.name = name;
        this.frame = new LocalFrame(centre);
        this.box = new Envelope(-radius_m, radius_m, -radius_m, radius_m);
        this.district = GEOMETRY.toGeometry(box);
    }

    /** The ground of a district of a map, or what the map lacks for it. */
    public static Made of(MapData data, String name, District wanted) {
        if (data.nodes().isEmpty() || data.bounds().isEmpty()) {
            return new Made.Nothing(List.of("The map has no nodes.\nMaybe it is empty, or no OpenStreetMap file."));
        }
        MapData.Bounds bounds = data.bounds().get();
        Optional<Position> given = wanted.centre();
        if (given.isPresent()
                && (given.get().longitude() < bounds.west()
                        || given.get().longitude() > bounds.east()
                        || given.get().latitude() < bounds.south()
                        || given.get().latitude() > bounds.north())) {
            return new Made.Nothing(List.of(
                    "The centre %s, %s lies outside the map, which covers longitude %s to %s and latitude %s to %s.%nMaybe longitude and latitude are exchanged: longitude comes first."
                            .formatted(
                                    given.get().longitude(),
                                    given.get().latitude(),
                                    bounds.west(),
                                    bounds.east(),
                                    bounds.south(),
                                    bounds.north())));
        }
        Position middle = new Position((bounds.west() + bounds.east()) / 2, (bounds.south() + bounds.north()) / 2);
        Offset corner = new LocalFrame(middle).toOffset(new Position(bounds.east(), bounds.north()));
        double reach = Math.min(corner.east_m(), corner.north_m());
        Position centre = given.orElseGet(() -> liveliest(data, middle, wanted.radius_m(), corner));
        double radius = wanted.radius_m();
        MapGround ground = new MapGround(data, name, centre, radius);
        if (given.isEmpty()) {
            ground.notes.add(
                    "The district is the square of %.0f m around longitude %.5f, latitude %.5f, where the map has most ways and squares for people; choose another with a centre and a radius."
                            .formatted(2 * radius, centre.longitude(), centre.latitude()));
        }
        if (reach < radius) {
            ground.notes.add(
                    "The map reaches only %.0f m north and south, %.0f m east and west of its middle: ways end where it ends."
                            .formatted(corner.north_m(), corner.east_m()));
        }
        return ground.make(corner, middle);
    }

    /** The middle of the part of a map with most nodes of ways for people. */
    private static Position liveliest(MapData data, Position middle, double radius_m, Offset corner) {
        LocalFrame frame = new LocalFrame(middle);
        double cell = Math.max(50, radius_m / 2);
        Map<Long, Double> weight = new HashMap<>();
        for (MapData.Way way : data.ways()) {
            boolean isSquare = isWalkedArea(way.tags());
            boolean isStadium = "stadium".equals(way.tags().get("leisure"));
            if (!isSquare && WayWidth.of(way.tags()).isEmpty()) {
                continue;
            }
            double each = isStadium ? 20 : "pedestrian".equals(way.tags().get("highway")) ? 3 : 1;
            for (long id : way.nodes()) {
                MapData.Node node = data.nodes().get(id);
                if (node != null) {
                    Offset at = frame.toOffset(new Position(node.longitude(), node.latitude()));
                    weight.merge(key(at.east_m() / cell, at.north_m() / cell), each, Double::sum);
                }
            }
        }
        long reach = Math.max(1, Math.round(radius_m / cell));
        Position best = middle;
        double most = -1;
        for (long c = (long) Math.floor(-corner.east_m() / cell); c <= corner.east_m() / cell; c++) {
            for (long r = (long) Math.floor(-corner.north_m() / cell); r <= corner.north_m() / cell; r++) {
                Offset at = new Offset((c + 0.5) * cell, (r + 0.5) * cell);
                // A district that hangs over the map's edge is only half known.
                boolean isInside = Math.abs(at.east_m()) <= Math.max(1, corner.east_m() - radius_m)
                        && Math.abs(at.north_m()) <= Math.max(1, corner.north_m() - radius_m);
                double sum = 0;
                for (long dc = -reach; dc <= reach; dc++) {
                    for (long dr = -reach; dr <= reach; dr++) {
                        sum += weight.getOrDefault(key(c + dc, r + dr), 0.0);
                    }
                }
                if (isInside && sum > most) {
                    most = sum;
                    best = frame.toPosition(at);
                }
            }
        }
        return best;
    }

    private static long key(double column, double row) {
        return (long) Math.floor(column) * 1_000_003L + (long) Math.floor(row);
    }

    private Made make(Offset corner, Position middle) {
        List<Geometry> areas = new ArrayList<>();
        List<Geometry> corridors = new ArrayList<>();
        List<Geometry> passages = new ArrayList<>();
        List<Geometry> buildings = new ArrayList<>();
        List<Geometry> water = new ArrayList<>();
        List<Geometry> stands = new ArrayList<>();
        List<LineString> barriers = new ArrayList<>();
        for (MapData.Way way : data.ways()) {
            sort(way, areas, corridors, passages, buildings, water, stands, barriers);
        }
        for (MapData.Relation relation : data.relations()) {
            sortRelation(relation, areas, buildings, water, stands);
        }
        Geometry known = district.intersection(knownArea(corner, middle));
        Geometry streets = clipped(UnaryUnionOp.union(nonEmpty(corridors)), known);
        Geometry open = clipped(UnaryUnionOp.union(nonEmpty(areas)), known);
        Geometry standing = clipped(UnaryUnionOp.union(nonEmpty(stands)), known);
        if (open.isEmpty() && streets.isEmpty() && standing.isEmpty()) {
            return new Made.Nothing(List.of(
                    "The map has no street, path, square or park for people within %.0f m of longitude %.5f, latitude %.5f.\nMaybe choose another centre or a larger radius."
                            .formatted(
                                    box.getWidth() / 2,
                                    frame.origin().longitude(),
                                    frame.origin().latitude())));
        }
        // Houses stand on squares and beside streets, but not across a way that leads through them; bridges lead over
        // water.
        Geometry houses = minus(UnaryUnionOp.union(nonEmpty(buildings)), UnaryUnionOp.union(nonEmpty(passages)));
        Geometry ground = UnaryUnionOp.union(List.of(
                minus(minus(open, UnaryUnionOp.union(nonEmpty(water))), houses), minus(streets, houses), standing));
        ground = simplified(ground);
        Geometry joined = largest(ground, known);
        if (joined.isEmpty()) {
            return new Made.Nothing(
                    List.of(
                            "No street or square of the map reaches the edge of the district: there is no way out.\nMaybe choose a larger radius."));
        }
        List<Exit> exits =
                WaysOut.of(joined, known, STREET, strip -> nearestStreet(strip).orElse("way"), notes);
        List<Segment> walls = new ArrayList<>();
        List<Door> doors = new ArrayList<>();
        Set<String> operable = new TreeSet<>();
        fence(barriers, joined, corridors, walls, doors, operable);
        List<Population> people = people(standing, joined);
        describe(joined, ground, buildings.size(), walls.size(), exits);
        if (exits.isEmpty()) {
            return new Made.Nothing(List.of(
                    "No way leaves the district of %.0f m around longitude %.5f, latitude %.5f: there is no exit.\nMaybe choose a larger radius, or one within what the map covers."
                            .formatted(
                                    box.getWidth() / 2,
                                    frame.origin().longitude(),
                                    frame.origin().latitude())));
        }
        Scene scene = new Scene(
                name, List.of(new Level(STREET, 0, Floor.toAreas(joined), List.of(), walls)), doors, List.of(), exits);
        Situation situation = new Situation(
                name,
                Optional.of(frame.origin()),
                scene,
                people,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Collections.unmodifiableSortedSet(new TreeSet<>(operable)),
                3600,
                1);
        return new Made.Ground(situation, notes);
    }

    /** What the map covers, in the district's frame. */
    private Geometry knownArea(Offset corner, Position middle) {
        Offset at = frame.toOffset(middle);
        return GEOMETRY.toGeometry(new Envelope(
                at.east_m() - corner.east_m(),
                at.east_m() + corner.east_m(),
                at.north_m() - corner.north_m(),
                at.north_m() + corner.north_m()));
    }

    // What a way of the map is

    private void sort(
            MapData.Way way,
            List<Geometry> areas,
            List<Geometry> corridors,
            List<Geometry> passages,
            List<Geometry> buildings,
            List<Geometry> water,
            List<Geometry> stands,
            List<LineString> barriers) {
        Map<String, String> tags = way.tags();
        if (tags.isEmpty()) {
            return;
        }
        boolean isStand = isStand(tags);
        if (way.isClosed() && (isBuilding(tags) || isWater(tags) || isStand || isWalkedArea(tags))) {
            Optional<Geometry> polygon = polygon(way);
            polygon.ifPresent(shape -> {
                if (isStand) {
                    stands.add(shape);
                } else if (isBuilding(tags)) {
                    buildings.add(shape);
                } else if (isWater(tags)) {
                    water.add(shape);
                } else {
                    areas.add(shape);
                }
            });
            return;
        }
        if (BARRIERS.contains(tags.getOrDefault("barrier", ""))) {
            line(way).ifPresent(barriers::add);
            return;
        }
        OptionalDouble width = WayWidth.of(tags);
        boolean isTunnel = "yes".equals(tags.get("tunnel")) || negative(tags.get("layer"));
        boolean isPassage = "building_passage".equals(tags.get("tunnel"))
                || tags.containsKey("covered") && !"no".equals(tags.get("covered"))
                || "arcade".equals(tags.get("covered"));
        if (width.isPresent() && (!isTunnel || isPassage)) {
            line(way).ifPresent(line -> {
                if (!tags.containsKey("width") && !tags.containsKey("est_width") && !tags.containsKey("lanes")) {
                    defaulted.merge(tags.get("highway"), 1, Integer::sum);
                }
                Geometry corridor = buffer(line, width.getAsDouble() / 2);
                corridors.add(corridor);
                if (isPassage) {
                    passages.add(corridor);
                }
            });
            return;
        }
        if (tags.containsKey("waterway") && !isTunnel && !tags.containsKey("highway")) {
            double half =
                    switch (tags.get("waterway")) {
                        case "river" -> 8;
                        case "canal" -> 5;
                        case "stream", "ditch", "drain" -> 1;
                        default -> 0;
                    };
            if (half > 0) {
                line(way).ifPresent(line -> water.add(buffer(line, half)));
            }
        }
    }

    private static Geometry buffer(LineString line, double by) {
        return line.buffer(by, 2, BufferParameters.CAP_ROUND);
    }

    private void sortRelation(
            MapData.Relation relation,
            List<Geometry> areas,
            List<Geometry> buildings,
            List<Geometry> water,
            List<Geometry> stands) {
        Map<String, String> tags = relation.tags();
        if (!"multipolygon".equals(tags.get("type"))) {
            return;
        }
        boolean isStand = isStand(tags);
        if (!isBuilding(tags) && !isWater(tags) && !isStand && !isWalkedArea(tags)) {
            return;
        }
        Geometry shape = multipolygon(relation);
        if (shape.isEmpty()) {
            return;
        }
        if (isStand) {
            stands.add(shape);
        } else if (isBuilding(tags)) {
            buildings.add(shape);
        } else if (isWater(tags)) {
            water.add(shape);
        } else {
            areas.add(shape);
        }
    }

    private static boolean isBuilding(Map<String, String> tags) {
        String building = tags.getOrDefault("building", "no");
        return !Set.of("no", "roof", "carport", "proposed", "construction", "demolished")
                        .contains(building)
                && !"yes".equals(tags.get("razed"));
    }

    private static boolean isWater(Map<String, String> tags) {
        return "water".equals(tags.get("natural"))
                || "riverbank".equals(tags.get("waterway"))
                || "dock".equals(tags.get("waterway"))
                || "swimming_pool".equals(tags.get("leisure"))
                || "reservoir".equals(tags.get("landuse"));
    }

    /** Where spectators are. */
    private static boolean isStand(Map<String, String> tags) {
        String building = tags.getOrDefault("building", "");
        return building.equals("grandstand")
                || building.equals("stadium")
                || "bleachers".equals(tags.get("leisure"))
                || "stadium".equals(tags.get("leisure"));
    }

    private static boolean isWalkedArea(Map<String, String> tags) {
        if ("no".equals(tags.get("foot")) || "private".equals(tags.get("access")) || "no".equals(tags.get("area"))) {
            return false;
        }
        String highway = tags.getOrDefault("highway", "");
        boolean isArea = "yes".equals(tags.get("area")) || tags.containsKey("area:highway");
        return isArea
                        && Set.of("pedestrian", "footway", "path", "service", "living_street", "platform", "steps")
                                .contains(highway)
                || "square".equals(tags.get("place"))
                || WALKED_LEISURE.contains(tags.getOrDefault("leisure", ""))
                || WALKED_LANDUSE.contains(tags.getOrDefault("landuse", ""))
                || WALKED_AMENITY.contains(tags.getOrDefault("amenity", ""))
                || "platform".equals(tags.get("railway"))
                || "platform".equals(tags.get("public_transport"))
                || "pier".equals(tags.get("man_made"));
    }

    private static boolean negative(@Nullable String layer) {
        return layer != null && layer.startsWith("-");
    }

    // Shapes

    private List<Coordinate> coordinates(MapData.Way way) {
        List<Coordinate> coordinates = new ArrayList<>(way.nodes().length);
        for (long id : way.nodes()) {
            MapData.Node node = data.nodes().get(id);
            // Extracts cut ways off at their edge: nodes beyond are missing.
            if (node != null) {
                Coordinate at = coordinate(node);
                if (coordinates.isEmpty() || !coordinates.getLast().equals2D(at)) {
                    coordinates.add(at);
                }
            }
        }
        return coordinates;
    }

    private Coordinate coordinate(MapData.Node node) {
        Offset at = frame.toOffset(new Position(node.longitude(), node.latitude()));
        return new Coordinate(at.east_m(), at.north_m());
    }

    private boolean isNear(List<Coordinate> coordinates) {
        Envelope envelope = new Envelope();
        coordinates.forEach(envelope::expandToInclude);
        envelope.expandBy(30);
        return envelope.intersects(box);
    }

    private Optional<LineString> line(MapData.Way way) {
        List<Coordinate> coordinates = coordinates(way);
        return coordinates.size() < 2 || !isNear(coordinates)
                ? Optional.empty()
                : Optional.of(GEOMETRY.createLineString(coordinates.toArray(Coordinate[]::new)));
    }

    private Optional<Geometry> polygon(MapData.Way way) {
        List<Coordinate> ring = coordinates(way);
        if (ring.size() < 3 || !isNear(ring)) {
            return Optional.empty();
        }
        if (!ring.getFirst().equals2D(ring.getLast())) {
            ring.add(ring.getFirst().copy());
        }
        if (ring.size() < 4) {
            unusable++;
            return Optional.empty();
        }
        Polygon polygon = GEOMETRY.createPolygon(ring.toArray(Coordinate[]::new));
        if (polygon.isValid()) {
            return Optional.of(polygon);
        }
        mended++;
        Geometry fixed = GeometryFixer.fix(polygon);
        return fixed.isEmpty() ? Optional.empty() : Optional.of(fixed);
    }

    /** The rings of a relation put together from its ways, the inner ones cut out. */
    private Geometry multipolygon(MapData.Relation relation) {
        Map<Long, MapData.Way> ways = waysById();
        List<LineString> outer = new ArrayList<>();
        List<LineString> inner = new ArrayList<>();
        for (MapData.Member member : relation.members()) {
            MapData.Way way = ways.get(member.way());
            if (way != null) {
                List<Coordinate> coordinates = coordinates(way);
                if (coordinates.size() >= 2) {
                    (member.role().equals("inner") ? inner : outer)
                            .add(GEOMETRY.createLineString(coordinates.toArray(Coordinate[]::new)));
                }
            }
        }
        Geometry shell = polygonized(outer);
        if (shell.isEmpty() || !shell.getEnvelopeInternal().intersects(box)) {
            return GEOMETRY.createPolygon();
        }
        return minus(shell, polygonized(inner));
    }

    private Map<Long, MapData.Way> byId = Map.of();

    private Map<Long, MapData.Way> waysById() {
        if (byId.isEmpty()) {
            Map<Long, MapData.Way> ways = new HashMap<>();
            data.ways().forEach(way -> ways.put(way.id(), way));
            byId = ways;
        }
        return byId;
    }

    private static Geometry polygonized(List<LineString> lines) {
        if (lines.isEmpty()) {
            return GEOMETRY.createPolygon();
        }
        Polygonizer polygonizer = new Polygonizer();
        polygonizer.add(UnaryUnionOp.union(lines));
        List<Geometry> polygons = new ArrayList<>();
        for (Object each : polygonizer.getPolygons()) {
            polygons.add((Geometry) each);
        }
        return polygons.isEmpty() ? GEOMETRY.createPolygon() : UnaryUnionOp.union(polygons);
    }

    private static List<Geometry> nonEmpty(List<Geometry> geometries) {
        return geometries.isEmpty() ? List.of(GEOMETRY.createPolygon()) : geometries;
    }

    private static Geometry minus(Geometry from, Geometry what) {
        return what.isEmpty() || from.isEmpty() ? from : OverlayNGRobust.overlay(from, what, OverlayNG.DIFFERENCE);
    }

    private static Geometry clipped(Geometry geometry, Geometry by) {
        return geometry.isEmpty() ? geometry : OverlayNGRobust.overlay(geometry, by, OverlayNG.INTERSECTION);
    }

    private static Geometry simplified(Geometry ground) {
        // Slits narrower than a person are no way, and cost much.
        Geometry opened = ground.buffer(-0.25, 2).buffer(0.25, 2);
        return TopologyPreservingSimplifier.simplify(opened, SIMPLIFY_M);
    }

    /** The pieces of ground from which the district's edge can be reached; small ones that are cut off are left out. */
    private Geometry largest(Geometry ground, Geometry known) {
        Geometry edge = known.getBoundary().buffer(0.5);
        List<Geometry> pieces = new ArrayList<>();
        double left = 0;
        int count = 0;
        for (Object each : PolygonExtracter.getPolygons(ground)) {
            Polygon piece = (Polygon) each;
            boolean reachesEdge = piece.getBoundary().intersects(edge);
            if (reachesEdge && piece.getArea() >= MIN_PIECE_M2) {
                pieces.add(piece);
            } else {
                left += piece.getArea();
                count++;
            }
        }
        if (left > MIN_PIECE_M2) {
            notes.add("%d pieces of ground, %.0f m2 in all, are cut off from every way out, and were left out."
                    .formatted(count, left));
        }
        return pieces.isEmpty() ? GEOMETRY.createPolygon() : UnaryUnionOp.union(pieces);
    }

    private Optional<String> nearestStreet(Geometry strip) {
        String best = null;
        double nearest = 25;
        for (Map.Entry<String, LineString> each : namedStreets()) {
            if (each.getValue().getEnvelopeInternal().distance(strip.getEnvelopeInternal()) < nearest) {
                double d = each.getValue().distance(strip);
                if (d < nearest) {
                    nearest = d;
                    best = each.getKey();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private List<Map.Entry<String, LineString>> streets = List.of();

    private List<Map.Entry<String, LineString>> namedStreets() {
        if (streets.isEmpty()) {
            List<Map.Entry<String, LineString>> found = new ArrayList<>();
            for (MapData.Way way : data.ways()) {
                String street = way.tags().get("name");
                if (street != null && way.tags().containsKey("highway")) {
                    line(way).ifPresent(line -> found.add(Map.entry(street, line)));
                }
            }
            streets = found;
        }
        return streets;
    }

    /** Walls and fences, with doors where there are gates, and gaps where ways cross. */
    private void fence(
            List<LineString> barriers,
            Geometry ground,
            List<Geometry> corridors,
            List<Segment> walls,
            List<Door> doors,
            Set<String> operable) {
        List<Coordinate> gates = new ArrayList<>();
        for (MapData.Node node : data.nodes().values()) {
            if (GATES.contains(node.tags().getOrDefault("barrier", ""))
                    || node.tags().containsKey("entrance")) {
                Coordinate at = coordinate(node);
                if (box.contains(at)) {
                    gates.add(at);
                }
            }
        }
        if (barriers.isEmpty()) {
            return;
        }
        gates.sort(Coordinate::compareTo);
        Geometry ways = UnaryUnionOp.union(nonEmpty(corridors));
        for (LineString barrier : barriers) {
            Geometry inside = clipped(barrier, ground);
            Geometry standing = ways.isEmpty() ? inside : OverlayNGRobust.overlay(inside, ways, OverlayNG.DIFFERENCE);
            for (Coordinate gate : gates) {
                org.locationtech.jts.geom.Point at = GEOMETRY.createPoint(gate);
                if (barrier.distance(at) < 0.5 && !standing.isEmpty() && standing.distance(at) < 0.5) {
                    Geometry opening = clipped(standing, at.buffer(GATE_M / 2));
                    standing = minus(standing, at.buffer(GATE_M / 2));
                    Coordinate[] ends = opening.getCoordinates();
                    if (ends.length >= 2 && ends[0].distance(ends[ends.length - 1]) > 0.8) {
                        String id = "gate-%d".formatted(doors.size() + 1);
                        doors.add(Door.of(id, STREET, segment(ends[0], ends[ends.length - 1])));
                        operable.add(id);
                    }
                }
            }
            for (Object each : LineStringExtracter.getLines(standing)) {
                Coordinate[] line = ((LineString) each).getCoordinates();
                for (int i = 1; i < line.length; i++) {
                    walls.add(segment(line[i - 1], line[i]));
                }
            }
        }
    }

    private static Segment segment(Coordinate a, Coordinate b) {
        return Segment.of(a.x, a.y, b.x, b.y);
    }

    /** People on the stands, if there are any: two on a square metre of half the area. */
    private List<Population> people(Geometry stands, Geometry ground) {
        List<Population> people = new ArrayList<>();
        for (Area area : Floor.toAreas(clipped(stands, ground))) {
            double m2 = Floor.toGeometry(area).getArea();
            if (m2 > 200) {
                people.add(Population.of(
                        "stand-%d".formatted(people.size() + 1), (int) Math.min(60_000, m2), STREET, area));
            }
        }
        if (!people.isEmpty()) {
            notes.add("There are %d people on %d stands: an assumption, one for each square metre."
                    .formatted(people.stream().mapToInt(Population::count).sum(), people.size()));
        }
        return people;
    }

    private void describe(Geometry joined, Geometry ground, int buildings, int walls, List<Exit> exits) {
        notes.add("%.0f m2 of ground for people, %d buildings, %d pieces of wall and fence, %d exits."
                .formatted(joined.getArea(), buildings, walls, exits.size()));
        if (!defaulted.isEmpty()) {
            int count = defaulted.values().stream().mapToInt(each -> each).sum();
            notes.add("%d ways have no width on the map and got that of their class: %s."
                    .formatted(
                            count,
                            String.join(
                                    ", ",
                                    defaulted.entrySet().stream()
                                            .map(each -> each.getKey() + " " + each.getValue())
                                            .toList())));
        }
        if (mended > 0 || unusable > 0) {
            notes.add("%d shapes crossed themselves and were mended, %d had no area and were left out."
                    .formatted(mended, unusable));
        }
        if (buildings == 0) {
            notes.add("There is no building on the map here: nothing stands in the way of people off the streets.");
        }
    }
}
