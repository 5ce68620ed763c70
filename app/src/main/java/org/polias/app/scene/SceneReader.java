// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

import org.polias.app.city.Fields;
import org.polias.app.city.JsonText;
import org.polias.app.city.Node;
import org.polias.app.city.ProblemLog;
import org.polias.model.Sorted;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Grouping;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Stair;
import org.polias.simulate.api.Threat;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.hazard.Aegl;
import org.polias.simulate.hazard.Dispersion;
import org.polias.simulate.hazard.GasCloud;
import org.polias.simulate.hazard.GaussianPlume;
import org.polias.simulate.hazard.GaussianPuff;
import org.polias.simulate.hazard.Hazard;
import org.polias.simulate.hazard.Stability;
import org.polias.simulate.hazard.StandOff;
import org.polias.simulate.hazard.SuspectedBomb;
import org.polias.simulate.hazard.Terrain;
import org.polias.simulate.hazard.ToxicGas;
import org.polias.simulate.hazard.Wind;

/**
 * Reads a scene's JSON (docs/scene.schema.json, docs/evacuation.md). Reading goes on after a mistake, so that one run finds them
 * all; whether the parts fit each other is then for the ground to say.
 */
final class SceneReader {

    /** No district is so large that something of it lies further from its origin. */
    private static final double NEIGHBOURHOOD_M = 50_000;

    private static final double FOREVER_S = 1e7;
    private static final double DAY_S = 86_400;
    private static final String SECONDS = "a number of seconds";

    private static final Set<String> SCENE = Set.of(
            "$schema",
            "name",
            "coordinates",
            "origin",
            "levels",
            "doors",
            "stairs",
            "exits",
            "people",
            "hazards",
            "areas",
            "cordons",
            "until_s",
            "seed");

    private final String file;
    private final ProblemLog log;
    private final Set<String> operable = new LinkedHashSet<>();
    private final List<Hazard> hazards = new ArrayList<>();
    private final List<Threat> threats = new ArrayList<>();
    private Optional<LocalFrame> degrees = Optional.empty();
    private double furthest;
    private String onlyLevel = "street";

    SceneReader(String file, ProblemLog log) {
        this.file = file;
        this.log = log;
    }

    /** The situation; nothing if the text has problems, which are then in the log. */
    Optional<Situation> read(String text) {
        Optional<Node> root = JsonText.read(file, text, log);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        if (!(root.get() instanceof Node.Mapping mapping)) {
            wrong(root.get(), "The scene is %s; an object is expected.", "Maybe begin with {\"levels\": [...");
            return Optional.empty();
        }
        Fields fields = new Fields(file, "The scene", mapping, SCENE, log);
        Optional<Position> origin = fields.find("origin").flatMap(node -> degrees(node, "The origin"));
        boolean isDegrees = fields.findOneOf("coordinates", List.of("metres", "lonlat"), each -> each)
                .orElse("metres")
                .equals("lonlat");
        if (isDegrees) {
            origin = origin.or(() -> findFirstPosition(mapping));
            degrees = Optional.of(new LocalFrame(origin.orElse(new Position(0, 0))));
        }
        items(fields, "levels").stream()
                .findFirst()
                .flatMap(node -> node instanceof Node.Mapping level ? level.text("id") : Optional.empty())
                .ifPresent(id -> onlyLevel = id);
        List<Level> levels = list(fields, "levels", true, this::level);
        List<Door> doors = list(fields, "doors", false, this::door);
        List<Stair> stairs = list(fields, "stairs", false, this::stair);
        List<Exit> exits = list(fields, "exits", true, this::exit);
        List<Population> people = list(fields, "people", false, this::population);
        list(fields, "hazards", false, this::hazard);
        List<MeasurementArea> areas = list(fields, "areas", false, this::measurementArea);
        List<Cordon> cordons = list(fields, "cordons", false, this::cordon);
        double until_s = fields.findNumber("until_s", 1, 30 * DAY_S, SECONDS).orElse(3600.0);
        long seed = fields.findWholeNumber("seed", 0, Integer.MAX_VALUE).orElse(1);
        if (!isDegrees && furthest > 0 && furthest < 0.5) {
            fields.fail(
                    "levels",
                    "",
                    "lies within %.3f m of its origin.".formatted(furthest),
                    "Maybe its coordinates are degrees: write \"coordinates\": \"lonlat\".");
        }
        if (!log.isEmpty()) {
            return Optional.empty();
        }
        String name = fields.findText("name").orElse(file);
        return Optional.of(new Situation(
                name,
                origin,
                new Scene(name, levels, doors, stairs, exits),
                people,
                hazards,
                threats,
                areas,
                cordons,
                Sorted.copyOf(operable),
                until_s,
                seed));
    }

    // The ground

    private Optional<Level> level(Node.Mapping mapping) {
        Fields fields = fields("level", mapping, "id", "elevation_m", "walkable", "obstacles", "walls");
        Level level = new Level(
                fields.id("id"),
                fields.findNumber("elevation_m", -1000, 9000, "a height in metres")
                        .orElse(0.0),
                polygons(fields, "walkable"),
                polygons(fields, "obstacles"),
                walls(fields));
        fields.requirePresent("walkable", "Maybe add the polygons on which one can walk.");
        return sound(fields, level);
    }

    private List<Segment> walls(Fields fields) {
        List<Segment> walls = new ArrayList<>();
        for (Node item : items(fields, "walls")) {
            List<Point> line = points(item, "A wall");
            for (int i = 1; i < line.size(); i++) {
                walls.add(new Segment(line.get(i - 1), line.get(i)));
            }
        }
        return walls;
    }

    private Optional<Door> door(Node.Mapping mapping) {
        Fields fields =
                fields("door", mapping, "id", "level", "line", "way", "limit_per_s", "open", "changes_s", "operable");
        String id = fields.id("id");
        Door door = new Door(
                id,
                levelOf(fields),
                line(fields),
                fields.findOneOf("way", Door.Way.class).orElse(Door.Way.BOTH),
                limit(fields),
                opening(fields));
        noteOperable(fields, id);
        return sound(fields, door);
    }

    private Optional<Stair> stair(Node.Mapping mapping) {
        Fields fields = fields("stair", mapping, "id", "kind", "foot", "head", "length_m");
        Stair stair = new Stair(
                fields.id("id"),
                fields.findOneOf("kind", Stair.Kind.class).orElse(Stair.Kind.STAIR),
                landing(fields, "foot"),
                landing(fields, "head"),
                optional(fields.findNumber("length_m", 0.1, 1000, "a length in metres")));
        return sound(fields, stair);
    }

    private Stair.Landing landing(Fields stair, String key) {
        Optional<Node> node = stair.find(key);
        if (node.isPresent() && node.get() instanceof Node.Mapping mapping) {
            Fields fields = fields("landing", mapping, "level", "line");
            return new Stair.Landing(levelOf(fields), line(fields));
        }
        stair.fail(
                key,
                "",
                "has no landing \"%s\".".formatted(key),
                "Maybe write {\"level\": ..., \"line\": [[x, y], [x, y]]}.");
        return new Stair.Landing("street", Segment.of(0, 0, 1, 0));
    }

    private Optional<Exit> exit(Node.Mapping mapping) {
        Fields fields = fields(
                "exit",
                mapping,
                "id",
                "level",
                "line",
                "area",
                "limit_per_s",
                "vehicles",
                "open",
                "changes_s",
                "operable");
        String id = fields.id("id");
        Exit.Place place;
        if (fields.find("area").isPresent()) {
            place = new Exit.Place.Zone(polygon(fields.find("area").get(), "The exit \"%s\"".formatted(id))
                    .orElse(NOWHERE));
        } else {
            place = new Exit.Place.Line(line(fields));
        }
        Exit.Service service = new Exit.Service.Unlimited();
        OptionalDouble limit = limit(fields);
        if (limit.isPresent()) {
            service = new Exit.Service.Limit(limit.getAsDouble());
        }
        Optional<Node> vehicles = fields.find("vehicles");
        if (vehicles.isPresent() && vehicles.get() instanceof Node.Mapping each) {
            Fields bus = fields("vehicle", each, "seats", "first_s", "headway_s");
            service = new Exit.Service.Vehicles(
                    bus.findWholeNumber("seats", 1, 100_000).orElse(60),
                    bus.findNumber("first_s", 0, DAY_S, SECONDS).orElse(0.0),
                    bus.findNumber("headway_s", 0.1, DAY_S, SECONDS).orElse(300.0));
        }
        Exit exit = new Exit(id, levelOf(fields), place, service, opening(fields));
        noteOperable(fields, id);
        return sound(fields, exit);
    }

    private void noteOperable(Fields fields, String id) {
        if (fields.findTruth("operable").orElse(false)) {
            operable.add(id);
        }
    }

    private OptionalDouble limit(Fields fields) {
        return optional(fields.findNumber("limit_per_s", 0.001, 1000, "a number of persons per second"));
    }

    private Opening opening(Fields fields) {
        List<Double> changes = new ArrayList<>();
        double before = Double.NEGATIVE_INFINITY;
        for (Node.Scalar scalar : fields.scalars("changes_s")) {
            Optional<Double> time = Fields.parseNumber(scalar.text());
            if (time.isEmpty() || !(time.get() > before)) {
                fields.fail(
                        "changes_s",
                        scalar.text(),
                        "changes at %s s, which is no later time.".formatted(ProblemLog.shorten(scalar.text())),
                        "Maybe write rising numbers of seconds.");
            } else {
                changes.add(time.get());
                before = time.get();
            }
        }
        return new Opening(fields.findTruth("open").orElse(true), changes);
    }

    // The people

    private Optional<Population> population(Node.Mapping mapping) {
        Fields fields = fields(
                "people",
                mapping,
                "id",
                "count",
                "level",
                "area",
                "points",
                "arriving_s",
                "profile",
                "speed_mps",
                "age_years",
                "radius_m",
                "premovement_s",
                "groups",
                "route");
        String id = fields.id("id");
        String level = levelOf(fields);
        Placement placement;
        int count = fields.findWholeNumber("count", 0, 1_000_000_000).orElse(0);
        if (fields.find("points").isPresent()) {
            List<Placement.Spot> spots = points(fields.find("points").get(), "The people \"%s\"".formatted(id)).stream()
                    .map(point -> new Placement.Spot(level, point))
                    .toList();
            placement = new Placement.At(spots);
            count = spots.size();
        } else {
            fields.requirePresent("count", "Maybe add how many they are.");
            fields.requirePresent("area", "Maybe add the polygon on which they are, or their \"points\".");
            Area area = fields.find("area")
                    .flatMap(node -> polygon(node, "The area of the people \"%s\"".formatted(id)))
                    .orElse(NOWHERE);
            placement = new Placement.Within(level, area);
            List<Node.Scalar> arriving = fields.scalars("arriving_s");
            if (!arriving.isEmpty()) {
                List<Double> times = arriving.stream()
                        .flatMap(each -> Fields.parseNumber(each.text()).stream())
                        .toList();
                if (times.size() != 2 || arriving.size() != 2 || !(times.get(0) >= 0 && times.get(1) >= times.get(0))) {
                    fields.fail(
                            "arriving_s", "", "arrive at no pair of times.", "Maybe write [from, until] in seconds.");
                } else {
                    placement = new Placement.Arriving(level, area, times.get(0), times.get(1));
                }
            }
        }
        Population population = new Population(
                id,
                count,
                placement,
                profile(fields),
                distribution(fields, "premovement_s", 0, DAY_S).orElse(Distribution.constant(0)),
                grouping(fields),
                fields.find("route").map(node -> route(node, id)).orElse(RouteChoice.nearest()));
        return sound(fields, population);
    }

    private Profile profile(Fields fields) {
        Profile profile =
                switch (fields.findOneOf(
                                "profile", List.of("adults", "aged", "wheelchairs", "responders"), each -> each)
                        .orElse("adults")) {
                    case "aged" -> Profile.aged(new Distribution.Uniform(20, 80));
                    case "wheelchairs" -> Profile.wheelchairs();
                    case "responders" -> Profile.responders();
                    default -> Profile.adults();
                };
        Optional<Profile.Speed> speed = distribution(fields, "speed_mps", 0.01, 10)
                .<Profile.Speed>map(Profile.Speed.Given::new)
                .or(() -> distribution(fields, "age_years", 0, 120).map(age -> new Profile.Speed.ByAge(age, 0.19)));
        Distribution radius = distribution(fields, "radius_m", 0.05, 2).orElse(profile.radius_m());
        return new Profile(
                profile.kind(),
                speed.orElse(profile.speed()),
                radius,
                profile.stairUp(),
                profile.stairDown(),
                profile.timeGap_s());
    }

    private Grouping grouping(Fields people) {
        Optional<Node> node = people.find("groups");
        if (node.isEmpty() || !(node.get() instanceof Node.Mapping mapping)) {
            return Grouping.NONE;
        }
        Fields fields = fields("groups", mapping, "share", "size", "cohesion_m");
        return new Grouping(
                fields.findNumber("share", 0, 1, "a part from 0 to 1").orElse(1.0),
                distribution(fields, "size", 2, 50).orElse(Distribution.constant(2)),
                fields.findNumber("cohesion_m", 0.1, 100, "a distance in metres")
                        .orElse(2.0));
    }

    private RouteChoice route(Node node, String people) {
        String what = "The route of the people \"%s\"".formatted(people);
        if (node instanceof Node.Scalar scalar) {
            switch (scalar.text()) {
                case "nearest" -> {
                    return RouteChoice.nearest();
                }
                case "stay" -> {
                    return new RouteChoice.Stay();
                }
                default ->
                    log.add(
                            file,
                            node.line(),
                            scalar.text(),
                            "%s is %s.".formatted(what, ProblemLog.quote(scalar.text())),
                            "Maybe \"nearest\", \"stay\", {\"signed\": [...]}, {\"familiar\": {...}}, {\"assigned\": {...}},"
                                    + " {\"informed\": 0.5} or {\"toward\": {...}}.");
            }
            return RouteChoice.nearest();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            wrong(node, what + " is %s.", "Maybe \"nearest\".");
            return RouteChoice.nearest();
        }
        Fields fields = new Fields(
                file,
                what,
                mapping,
                Set.of("signed", "familiar", "assigned", "informed", "review_s", "others", "toward"),
                log);
        if (fields.find("signed").isPresent()) {
            return new RouteChoice.Signed(
                    fields.scalars("signed").stream().map(Node.Scalar::text).toList());
        }
        if (fields.find("familiar").isPresent()) {
            return new RouteChoice.Familiar(weights(fields, "familiar"));
        }
        if (fields.find("assigned").isPresent()) {
            return new RouteChoice.Assigned(weights(fields, "assigned"));
        }
        if (fields.find("toward").isPresent() && fields.find("toward").get() instanceof Node.Mapping goal) {
            Fields toward = fields("goal", goal, "level", "area");
            return new RouteChoice.Toward(
                    levelOf(toward),
                    toward.find("area").flatMap(area -> polygon(area, what)).orElse(NOWHERE));
        }
        return new RouteChoice.CongestionAware(
                fields.number("informed", 0, 1, "a part from 0 to 1", "Maybe say which exits are \"signed\"."),
                fields.findNumber("review_s", 0.1, 3600, SECONDS).orElse(10.0),
                fields.find("others").map(other -> route(other, people)).orElse(RouteChoice.nearest()));
    }

    private Map<String, Double> weights(Fields fields, String key) {
        Map<String, Double> weights = new LinkedHashMap<>();
        if (fields.find(key).orElseThrow() instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                Optional<Double> weight = entry.value() instanceof Node.Scalar scalar
                        ? Fields.parseNumber(scalar.text())
                        : Optional.empty();
                if (weight.isEmpty() || weight.get() < 0) {
                    fields.fail(
                            key,
                            entry.key(),
                            "gives the exit %s the weight %s."
                                    .formatted(
                                            ProblemLog.quote(entry.key()),
                                            entry.value().describe()),
                            "Maybe a number from 0 on.");
                } else {
                    weights.put(entry.key(), weight.get());
                }
            }
        }
        if (weights.values().stream().mapToDouble(each -> each).sum() <= 0) {
            fields.fail(key, "", "has no weights in its \"%s\".".formatted(key), "Maybe write {\"exit-1\": 1}.");
            weights.put("none", 1.0);
        }
        return weights;
    }

    private Optional<Distribution> distribution(Fields fields, String key, double low, double high) {
        Optional<Node> node = fields.find(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof Node.Scalar) {
            return fields.findNumber(key, low, high, "a number from %s to %s".formatted(low, high))
                    .map(Distribution::constant);
        }
        if (node.get() instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            Node.Entry entry = mapping.entries().getFirst();
            List<Double> numbers = numbers(entry.value());
            Optional<Distribution> distribution = distribution(entry.key(), numbers, low, high);
            if (distribution.isPresent()) {
                return distribution;
            }
        }
        fields.fail(
                key,
                "",
                "has no distribution within %s to %s as its %s.".formatted(low, high, ProblemLog.quote(key)),
                "Maybe a number, {\"uniform\": [min, max]}, {\"normal\": [mean, deviation, min, max]} or"
                        + " {\"lognormal\": [median, sigma, max]}.");
        return Optional.empty();
    }

    private static Optional<Distribution> distribution(String kind, List<Double> n, double low, double high) {
        boolean known =
                switch (kind) {
                    case "uniform" -> n.size() == 2 && low <= n.get(0) && n.get(0) <= n.get(1) && n.get(1) <= high;
                    case "normal" ->
                        n.size() == 4
                                && low <= n.get(2)
                                && n.get(2) <= n.get(0)
                                && n.get(0) <= n.get(3)
                                && n.get(3) <= high
                                && n.get(1) >= 0;
                    case "lognormal" ->
                        n.size() == 3 && n.get(0) > 0 && n.get(0) <= n.get(2) && n.get(2) <= high && n.get(1) >= 0;
                    default -> false;
                };
        if (!known) {
            return Optional.empty();
        }
        return Optional.of(
                switch (kind) {
                    case "uniform" -> new Distribution.Uniform(n.get(0), n.get(1));
                    case "normal" -> new Distribution.Normal(n.get(0), n.get(1), n.get(2), n.get(3));
                    default -> new Distribution.LogNormal(n.get(0), n.get(1), n.get(2));
                });
    }

    private static List<Double> numbers(Node node) {
        return node instanceof Node.Items items
                ? items.items().stream()
                        .flatMap(each -> each instanceof Node.Scalar scalar
                                ? Fields.parseNumber(scalar.text()).stream()
                                : Optional.<Double>empty().stream())
                        .toList()
                : List.of();
    }

    // What threatens them

    private Optional<Hazard> hazard(Node.Mapping mapping) {
        String kind = mapping.text("kind").orElse("");
        return switch (kind) {
            case "gas" -> gas(mapping);
            case "bomb" -> bomb(mapping);
            case "attacker" -> attacker(mapping);
            default -> {
                log.add(
                        file,
                        mapping.line(),
                        kind,
                        "A hazard is of the kind %s.".formatted(ProblemLog.quote(kind)),
                        "Maybe \"gas\", \"bomb\" or \"attacker\".");
                yield Optional.empty();
            }
        };
    }

    private Optional<Hazard> gas(Node.Mapping mapping) {
        Fields fields = fields(
                "gas",
                mapping,
                "id",
                "kind",
                "gas",
                "at",
                "height_m",
                "start_s",
                "release_kg_per_s",
                "duration_s",
                "mass_kg",
                "wind_m_per_s",
                "wind_from_deg",
                "stability",
                "terrain",
                "width_m",
                "building_height_m",
                "zone",
                "zone_minutes");
        Optional<ToxicGas> gas = fields.findOneOf("gas", ToxicGas.KNOWN, ToxicGas::name);
        fields.requirePresent("gas", "Maybe \"ammonia\", \"chlorine\" or \"carbon-monoxide\".");
        Point at = at(fields);
        double speed = fields.number(
                "wind_m_per_s", Wind.MIN_M_PER_S, 75, "a wind from 0.5 to 75 m/s", "Maybe add the wind's speed.");
        double from = fields.number(
                "wind_from_deg", -360, 360, "a direction in degrees", "Maybe add where the wind comes from.");
        Stability stability = fields.findOneOf("stability", List.of(Stability.values()), Stability::name)
                .orElse(Stability.D);
        Terrain terrain = fields.findOneOf("terrain", Terrain.class).orElse(Terrain.URBAN);
        double height =
                fields.findNumber("height_m", 0, 1000, "a height in metres").orElse(0.0);
        // A building around the source gives the plume its size: width / 4.3 and height / 2.15.
        double sigmaY =
                fields.findNumber("width_m", 0, 1000, "a width in metres").orElse(0.0) / 4.3;
        double sigmaZ = fields.findNumber("building_height_m", 0, 1000, "a height in metres")
                        .orElse(0.0)
                / 2.15;
        double start = fields.findNumber("start_s", -DAY_S, DAY_S, SECONDS).orElse(0.0);
        Optional<Double> mass = fields.findNumber("mass_kg", 0, 1e7, "a mass in kilograms");
        Optional<Double> release = fields.findNumber("release_kg_per_s", 0, 1e5, "a number of kilograms per second");
        Optional<Double> duration = fields.findNumber("duration_s", 0.1, FOREVER_S, SECONDS);
        if (mass.isPresent() == release.isPresent()) {
            fields.fail(
                    "release_kg_per_s",
                    "",
                    "has %s."
                            .formatted(mass.isPresent() ? "both a release and a mass" : "neither a release nor a mass"),
                    "Maybe \"release_kg_per_s\" for what flows, \"mass_kg\" for what escapes at once.");
        }
        String zone = fields.findOneOf("zone", List.of("AEGL-1", "AEGL-2", "AEGL-3"), each -> each)
                .orElse("AEGL-2");
        double minutes = fields.findNumber("zone_minutes", 1, 480, "a number of minutes from 1 to 480")
                .orElse(10.0);
        if (!fields.areSound() || gas.isEmpty()) {
            return Optional.empty();
        }
        Dispersion dispersion = mass.isPresent()
                ? new GaussianPuff(mass.get(), height, speed, stability, terrain, sigmaY, sigmaZ)
                : new GaussianPlume(
                        release.orElseThrow(),
                        duration.orElse(Double.POSITIVE_INFINITY),
                        height,
                        speed,
                        stability,
                        terrain,
                        sigmaY,
                        sigmaZ);
        Hazard cloud = new GasCloud(
                gas.get(),
                new Offset(at.x_m(), at.y_m()),
                start,
                new Wind(speed, from),
                dispersion,
                Aegl.Level.values()[zone.charAt(5) - '1'],
                minutes);
        hazards.add(cloud);
        return Optional.of(cloud);
    }

    private Optional<Hazard> bomb(Node.Mapping mapping) {
        Fields fields = fields("bomb", mapping, "id", "kind", "at", "charge_kg", "known_s", "explodes_s", "distance_m");
        Point at = at(fields);
        double charge =
                fields.number("charge_kg", 0.01, 1e6, "a charge in kilograms of TNT", "Maybe add its TNT equivalent.");
        double known = fields.findNumber("known_s", -DAY_S, DAY_S, SECONDS).orElse(0.0);
        double explodes = fields.findNumber("explodes_s", 0, FOREVER_S, SECONDS).orElse(Double.POSITIVE_INFINITY);
        double distance = fields.findNumber("distance_m", 0, 10_000, "a distance in metres")
                .orElse(StandOff.of(charge).mandatory_m());
        if (!fields.areSound()) {
            return Optional.empty();
        }
        Hazard bomb = new SuspectedBomb(new Offset(at.x_m(), at.y_m()), charge, known, explodes, distance);
        hazards.add(bomb);
        return Optional.of(bomb);
    }

    private Optional<Hazard> attacker(Node.Mapping mapping) {
        Fields fields = fields(
                "attacker", mapping, "id", "kind", "level", "path", "until_s", "sight_m", "reach_m", "hurt_per_s");
        String id = fields.findId("id").orElse("attacker");
        List<Threat.Waypoint> path = new ArrayList<>();
        for (Node item : items(fields, "path")) {
            List<Double> numbers = numbers(item);
            if (numbers.size() != 3
                    || !path.isEmpty() && numbers.getFirst() <= path.getLast().time_s()) {
                fields.fail(
                        "path",
                        "",
                        "has a path that cannot be followed.",
                        "Maybe write [[seconds, x, y], ...] with rising times.");
                break;
            }
            path.add(new Threat.Waypoint(numbers.get(0), toMetres(numbers.get(1), numbers.get(2), item, "A path")));
        }
        fields.requirePresent("path", "Maybe write [[seconds, x, y], ...].");
        double until = fields.findNumber("until_s", 0, FOREVER_S, SECONDS).orElse(FOREVER_S);
        double sight =
                fields.findNumber("sight_m", 0, 2000, "a distance in metres").orElse(80.0);
        double reach =
                fields.findNumber("reach_m", 0, 2000, "a distance in metres").orElse(30.0);
        double hurt = fields.findNumber("hurt_per_s", 0, 100, "a number of people a second")
                .orElse(0.1);
        String level = levelOf(fields);
        if (!fields.areSound() || path.isEmpty()) {
            return Optional.empty();
        }
        threats.add(new Threat(id, level, path, until, sight, reach, hurt));
        return Optional.empty();
    }

    private Point at(Fields fields) {
        fields.requirePresent("at", "Maybe write its position: [x, y].");
        return fields.find("at").flatMap(node -> point(node, "A hazard")).orElse(new Point(0, 0));
    }

    // What is measured

    private Optional<MeasurementArea> measurementArea(Node.Mapping mapping) {
        Fields fields = fields("area", mapping, "id", "level", "area");
        String id = fields.id("id");
        fields.requirePresent("area", "Maybe add its polygon.");
        Area area = fields.find("area")
                .flatMap(node -> polygon(node, "The area \"%s\"".formatted(id)))
                .orElse(NOWHERE);
        return sound(fields, new MeasurementArea(id, levelOf(fields), area));
    }

    private Optional<Cordon> cordon(Node.Mapping mapping) {
        Fields fields = fields("cordon", mapping, "id", "level", "line");
        return sound(fields, new Cordon(fields.id("id"), levelOf(fields), line(fields)));
    }

    // Shapes

    private static final Area NOWHERE = Area.rectangle(0, 0, 1, 1);

    private List<Area> polygons(Fields fields, String key) {
        List<Area> polygons = new ArrayList<>();
        for (Node item : items(fields, key)) {
            polygon(item, "A polygon in \"%s\"".formatted(key)).ifPresent(polygons::add);
        }
        return polygons;
    }

    /** A ring, a list of rings of which the first is the outer one, or {"rectangle": [minX, minY, maxX, maxY]}. */
    private Optional<Area> polygon(Node node, String what) {
        if (node instanceof Node.Mapping mapping) {
            List<Double> corners =
                    mapping.find("rectangle").map(SceneReader::numbers).orElse(List.of());
            if (corners.size() == 4) {
                Point a = toMetres(corners.get(0), corners.get(1), node, what);
                Point b = toMetres(corners.get(2), corners.get(3), node, what);
                return Optional.of(Area.rectangle(a.x_m(), a.y_m(), b.x_m(), b.y_m()));
            }
            wrong(node, what + " is %s.", "Maybe write {\"rectangle\": [minX, minY, maxX, maxY]}.");
            return Optional.empty();
        }
        if (!(node instanceof Node.Items items) || items.items().isEmpty()) {
            wrong(node, what + " is %s; a list of positions is expected.", "Maybe write [[x, y], [x, y], [x, y]].");
            return Optional.empty();
        }
        boolean isNested = items.items().getFirst() instanceof Node.Items first
                && !first.items().isEmpty()
                && first.items().getFirst() instanceof Node.Items;
        List<Node> rings = isNested ? items.items() : List.of(node);
        List<List<Point>> read = new ArrayList<>();
        for (Node ring : rings) {
            List<Point> points = points(ring, what);
            if (points.size() < 3) {
                log.add(
                        file,
                        ring.line(),
                        "",
                        "%s has a ring of %d positions; a ring has at least 3.".formatted(what, points.size()),
                        "");
                return Optional.empty();
            }
            read.add(points);
        }
        return Optional.of(new Area(read.getFirst(), read.subList(1, read.size())));
    }

    private Segment line(Fields fields) {
        fields.requirePresent("line", "Maybe write \"line\": [[x, y], [x, y]].");
        Optional<Node> node = fields.find("line");
        if (node.isPresent()) {
            List<Point> points = points(node.get(), "A line");
            if (points.size() == 2) {
                return new Segment(points.get(0), points.get(1));
            }
            fields.fail("line", "", "has a line of %d positions; 2 are expected.".formatted(points.size()), "");
        }
        return Segment.of(0, 0, 1, 0);
    }

    private List<Point> points(Node node, String what) {
        if (!(node instanceof Node.Items items)) {
            wrong(node, what + " has %s where a list of positions is expected.", "Maybe write [[x, y], [x, y]].");
            return List.of();
        }
        List<Point> points = new ArrayList<>(items.items().size());
        for (Node item : items.items()) {
            Optional<Point> point = point(item, what);
            if (point.isEmpty()) {
                // One complaint for a shape is enough.
                return points;
            }
            points.add(point.get());
        }
        return points;
    }

    private Optional<Point> point(Node node, String what) {
        List<Double> numbers = numbers(node);
        int given = node instanceof Node.Items items ? items.items().size() : 0;
        if (numbers.size() != given || given < 2 || given > 3) {
            log.add(
                    file,
                    node.line(),
                    "",
                    "%s has a position that is no pair of numbers.".formatted(what),
                    "Maybe write [x, y]; NaN and infinity are no places.");
            return Optional.empty();
        }
        return Optional.of(toMetres(numbers.get(0), numbers.get(1), node, what));
    }

    private Point toMetres(double x, double y, Node node, String what) {
        if (degrees.isPresent()) {
            if (Math.abs(x) > 180 || Math.abs(y) > 90) {
                log.add(
                        file,
                        node.line(),
                        "",
                        "%s has the position [%s, %s], which is not on the earth.".formatted(what, x, y),
                        "Maybe these are metres: leave \"coordinates\": \"lonlat\" out.");
                return new Point(0, 0);
            }
            Offset offset = degrees.get().toOffset(new Position(x, y));
            return near(new Point(offset.east_m(), offset.north_m()), x, y, node, what);
        }
        return near(new Point(x, y), x, y, node, what);
    }

    private Point near(Point point, double x, double y, Node node, String what) {
        double distance = Math.max(Math.abs(point.x_m()), Math.abs(point.y_m()));
        if (distance > NEIGHBOURHOOD_M) {
            log.add(
                    file,
                    node.line(),
                    "",
                    "%s has the position [%s, %s], %.0f km from the origin.".formatted(what, x, y, distance / 1000),
                    degrees.isPresent()
                            ? "Maybe longitude and latitude are exchanged: longitude comes first."
                            : "Maybe these are metres of a national grid: subtract the coordinates of a point nearby.");
            return new Point(0, 0);
        }
        furthest = Math.max(furthest, distance);
        return point;
    }

    private Optional<Position> degrees(Node node, String what) {
        List<Double> numbers = numbers(node);
        if (numbers.size() != 2 || Math.abs(numbers.get(0)) > 180 || Math.abs(numbers.get(1)) > 90) {
            wrong(node, what + " is %s, which is no longitude and latitude.", "Maybe write [longitude, latitude].");
            return Optional.empty();
        }
        return Optional.of(new Position(numbers.get(0), numbers.get(1)));
    }

    /** The first pair of numbers in the levels that can be a longitude and a latitude. */
    private static Optional<Position> findFirstPosition(Node node) {
        return switch (node) {
            case Node.Scalar _ -> Optional.empty();
            case Node.Items items -> {
                List<Double> numbers = numbers(items);
                if (numbers.size() == 2
                        && items.items().size() == 2
                        && Math.abs(numbers.get(0)) <= 180
                        && Math.abs(numbers.get(1)) <= 90) {
                    yield Optional.of(new Position(numbers.get(0), numbers.get(1)));
                }
                yield items.items().stream()
                        .flatMap(each -> findFirstPosition(each).stream())
                        .findFirst();
            }
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .filter(entry -> entry.value() instanceof Node.Items || entry.value() instanceof Node.Mapping)
                        .flatMap(entry -> findFirstPosition(entry.value()).stream())
                        .findFirst();
        };
    }

    // Lists and members

    private <T> List<T> list(Fields fields, String key, boolean needed, Function<Node.Mapping, Optional<T>> reader) {
        List<T> read = new ArrayList<>();
        for (Node item : items(fields, key)) {
            if (item instanceof Node.Mapping mapping) {
                reader.apply(mapping).ifPresent(read::add);
            } else {
                wrong(item, "The list \"" + key + "\" has %s; objects are expected.", "");
            }
        }
        if (needed) {
            fields.requirePresent(key, "Maybe add \"%s\": [...].".formatted(key));
        }
        return read;
    }

    private List<Node> items(Fields fields, String key) {
        Optional<Node> node = fields.find(key);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof Node.Items items) {
            return items.items();
        }
        fields.fail(
                key,
                "",
                "has %s as its \"%s\"; a list is expected.".formatted(node.get().describe(), key),
                "");
        return List.of();
    }

    private String levelOf(Fields fields) {
        return fields.findId("level").orElse(onlyLevel);
    }

    private Fields fields(String kind, Node.Mapping mapping, String... known) {
        String what =
                "The %s %s".formatted(kind, ProblemLog.quote(mapping.text("id").orElse("?")));
        return new Fields(file, what, mapping, Set.of(known), log);
    }

    private static <T> Optional<T> sound(Fields fields, T value) {
        return fields.areSound() ? Optional.of(value) : Optional.empty();
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private void wrong(Node node, String message, String advice) {
        log.add(file, node.line(), "", message.formatted(node.describe()), advice);
    }
}
