// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Level;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Segment;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Workers;

/**
 * A scene drawn with letters, a metre each, the first line in the north:
 *
 * <pre>
 *   #   no ground
 *   .   ground
 *   a   somebody stands in the middle of this metre; each letter is a population
 *   E   an area to reach; each letter is an exit
 *   |   ground with a door across it from south to north; doors are numbered from the north west
 * </pre>
 *
 * All people walk at 1.2 m/s and are 0.38 m wide.
 */
final class Sketch {

    static final double SPEED_MPS = 1.2;
    static final String LEVEL = "street";

    private final Scene scene;
    private final Map<Character, List<Placement.Spot>> spots;

    private Sketch(Scene scene, Map<Character, List<Placement.Spot>> spots) {
        this.scene = scene;
        this.spots = spots;
    }

    static Sketch of(String drawing) {
        List<String> lines = drawing.strip().lines().map(String::strip).toList();
        List<Area> ground = new ArrayList<>();
        Map<Character, List<Area>> exits = new TreeMap<>();
        Map<Character, List<Placement.Spot>> spots = new TreeMap<>();
        List<Door> doors = new ArrayList<>();
        for (int row = 0; row < lines.size(); row++) {
            int y = lines.size() - 1 - row;
            for (int x = 0; x < lines.get(row).length(); x++) {
                char c = lines.get(row).charAt(x);
                if (c == '#' || c == ' ') {
                    continue;
                }
                Area metre = Area.rectangle(x, y, x + 1, y + 1);
                ground.add(metre);
                if (Character.isUpperCase(c)) {
                    exits.computeIfAbsent(c, key -> new ArrayList<>()).add(metre);
                } else if (Character.isLowerCase(c)) {
                    spots.computeIfAbsent(c, key -> new ArrayList<>())
                            .add(new Placement.Spot(LEVEL, new Point(x + 0.5, y + 0.5)));
                } else if (c == '|') {
                    doors.add(Door.of("door " + (doors.size() + 1), LEVEL, Segment.of(x + 0.5, y, x + 0.5, y + 1)));
                }
            }
        }
        Scene scene =
                Scene.of("sketch", Level.of(LEVEL, ground.toArray(Area[]::new))).with(doors.toArray(Door[]::new));
        for (var exit : exits.entrySet()) {
            scene = scene.with(Exit.of(exit.getKey().toString(), LEVEL, hull(exit.getValue())));
        }
        return new Sketch(scene, spots);
    }

    /** Exits are drawn as rectangles. */
    private static Area hull(List<Area> metres) {
        double minX = Double.POSITIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (Area metre : metres) {
            for (Point corner : metre.shell()) {
                minX = Math.min(minX, corner.x_m());
                minY = Math.min(minY, corner.y_m());
                maxX = Math.max(maxX, corner.x_m());
                maxY = Math.max(maxY, corner.y_m());
            }
        }
        return Area.rectangle(minX, minY, maxX, maxY);
    }

    Scene scene() {
        return scene;
    }

    /** The sketch with its scene changed. */
    Sketch changed(UnaryOperator<Scene> change) {
        return new Sketch(change.apply(scene), spots);
    }

    Sketch withDoor(int number, UnaryOperator<Door> change) {
        List<Door> doors = new ArrayList<>(scene.doors());
        doors.set(number - 1, change.apply(doors.get(number - 1)));
        return new Sketch(new Scene(scene.name(), scene.levels(), doors, scene.stairs(), scene.exits()), spots);
    }

    Sketch withExit(String id, UnaryOperator<Exit> change) {
        List<Exit> exits = scene.exits().stream()
                .map(exit -> exit.id().equals(id) ? change.apply(exit) : exit)
                .toList();
        return new Sketch(new Scene(scene.name(), scene.levels(), scene.doors(), scene.stairs(), exits), spots);
    }

    Ground ground() {
        return CrowdSimulator.prepare(scene, new Settings(0.2, OptionalDouble.of(0.2), 0), Workers.SEQUENTIAL);
    }

    /** All who are drawn, who leave at once by the nearest exit. */
    Scenario scenario() {
        Scenario scenario = Scenario.of().set(new Settings(0.2, OptionalDouble.of(0.2), 0));
        for (var each : spots.entrySet()) {
            scenario = scenario.with(Population.of(each.getKey().toString(), 0, new Placement.At(each.getValue()))
                    .like(walker()));
        }
        return scenario;
    }

    static Profile walker() {
        return Profile.walking(Distribution.constant(SPEED_MPS)).sized(Distribution.constant(0.19));
    }

    /** The scenario with one population changed. */
    Scenario scenario(String id, UnaryOperator<Population> change) {
        Scenario all = scenario();
        List<Population> changed = all.populations().stream()
                .map(population -> population.id().equals(id) ? change.apply(population) : population)
                .toList();
        return new Scenario(
                changed, all.hazards(), all.threats(), all.areas(), all.cordons(), all.settings(), all.seed());
    }

    Simulation begin() {
        return ground().begin(scenario(), Workers.SEQUENTIAL);
    }

    /** Who was out when by which exit: "E: a 5 s, b 7 s, b 8 s; not out: c". Times are whole seconds. */
    String run(double until_s) {
        return run(scenario(), until_s);
    }

    String run(Scenario scenario, double until_s) {
        Simulation simulation = ground().begin(scenario, Workers.SEQUENTIAL);
        simulation.advanceTo(until_s);
        return tell(scenario, simulation.result());
    }

    String tell(Scenario scenario, Result result) {
        Map<String, TreeSet<String>> byExit = new TreeMap<>();
        List<String> left = new ArrayList<>();
        int person = 0;
        for (Population population : scenario.populations()) {
            int count = population.placement() instanceof Placement.At at
                    ? at.spots().size()
                    : population.count();
            for (int k = 0; k < count; k++, person++) {
                if (result.exit()[person] < 0) {
                    left.add(population.id());
                } else {
                    byExit.computeIfAbsent(
                                    scene.exits().get(result.exit()[person]).id(), key -> new TreeSet<>())
                            .add(String.format(
                                    Locale.ROOT,
                                    "%04.0f %s %04d",
                                    result.leaving_s()[person],
                                    population.id(),
                                    person));
                }
            }
        }
        List<String> parts = new ArrayList<>();
        byExit.forEach((exit, people) -> parts.add(exit + ": "
                + String.join(
                        ", ",
                        people.stream()
                                .map(it -> it.split(" ")[1] + " " + Integer.parseInt(it.split(" ")[0]) + " s")
                                .toList())));
        if (!left.isEmpty()) {
            parts.add("not out: " + String.join(", ", left));
        }
        return String.join("; ", parts);
    }
}
