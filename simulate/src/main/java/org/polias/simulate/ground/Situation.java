// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.polias.model.Sorted;
import org.polias.model.place.Position;
import org.polias.simulate.api.Cordon;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.MeasurementArea;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Settings;
import org.polias.simulate.api.Threat;
import org.polias.simulate.hazard.Hazard;
import org.polias.simulate.hazard.HazardField;
import org.polias.simulate.hazard.MovingThreat;

/**
 * A place, the people on it and what threatens them: what is simulated, and planned for.
 *
 * @param origin where the point (0, 0) of the scene lies on the earth; absent for scenes that lie nowhere
 * @param hazards what is in the air or may explode
 * @param threats attackers on the move
 * @param operable the doors and exits that can be opened and closed from where the operation is led: gates with stewards
 * @param until_s when the simulation ends at the latest
 * @param seed of everything that is drawn
 */
public record Situation(
        String name,
        Optional<Position> origin,
        Scene scene,
        List<Population> people,
        List<Hazard> hazards,
        List<Threat> threats,
        List<MeasurementArea> areas,
        List<Cordon> cordons,
        SortedSet<String> operable,
        double until_s,
        long seed) {

    /** Within this distance of an attacker nobody should be, at least. */
    private static final double AVOID_M = 60;

    public Situation {
        people = List.copyOf(people);
        hazards = List.copyOf(hazards);
        threats = List.copyOf(threats);
        areas = List.copyOf(areas);
        cordons = List.copyOf(cordons);
        operable = Sorted.copyOf(operable);
    }

    /** People on a scene, and nothing that threatens them. */
    public static Situation of(Scene scene, Population... people) {
        return new Situation(
                scene.name(),
                Optional.empty(),
                scene,
                List.of(people),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Collections.emptySortedSet(),
                3600,
                1);
    }

    /** All hazards, attackers among them. */
    public HazardField field() {
        return HazardField.of(Stream.concat(
                        hazards.stream(),
                        threats.stream().map(each -> new MovingThreat(each, Math.max(AVOID_M, each.reach_m()))))
                .toList());
    }

    /** How many people there are, or come. */
    public int count() {
        return people.stream().mapToInt(Population::count).sum();
    }

    /** What the crowd engine is given. */
    public Scenario scenario() {
        return new Scenario(people, HazardField.of(hazards), threats, areas, cordons, Settings.DEFAULT, seed);
    }

    /**
     * The same place later, with the people where a running simulation has them: those who can still walk set out at once. People who
     * are yet to come are left out.
     *
     * @param frame of a simulation of this situation
     */
    public Situation at(Frame frame) {
        List<Population> now = new ArrayList<>();
        int first = 0;
        for (Population each : people) {
            int end = first + each.count();
            Map<Integer, List<Placement.Spot>> spots = new TreeMap<>();
            for (int i = 0; i < frame.count(); i++) {
                if (frame.person()[i] >= first
                        && frame.person()[i] < end
                        && frame.condition()[i] != Frame.Condition.DOWN) {
                    String level = scene.levels().get(frame.level()[i]).id();
                    spots.computeIfAbsent(frame.level()[i], _ -> new ArrayList<>())
                            .add(new Placement.Spot(level, new Point(frame.x_m()[i], frame.y_m()[i])));
                }
            }
            spots.forEach((level, at) -> now.add(new Population(
                    spots.size() == 1
                            ? each.id()
                            : each.id() + "-" + scene.levels().get(level).id(),
                    at.size(),
                    new Placement.At(at),
                    each.profile(),
                    Distribution.constant(0),
                    each.grouping(),
                    each.route())));
            first = end;
        }
        return withPeople(now);
    }

    public Situation withPeople(List<Population> newPeople) {
        return new Situation(name, origin, scene, newPeople, hazards, threats, areas, cordons, operable, until_s, seed);
    }

    public Situation withHazards(List<Hazard> newHazards) {
        return new Situation(name, origin, scene, people, newHazards, threats, areas, cordons, operable, until_s, seed);
    }

    public Situation withScene(Scene newScene) {
        return new Situation(name, origin, newScene, people, hazards, threats, areas, cordons, operable, until_s, seed);
    }

    public Situation until(double newUntil_s) {
        return new Situation(name, origin, scene, people, hazards, threats, areas, cordons, operable, newUntil_s, seed);
    }

    public Situation seeded(long newSeed) {
        return new Situation(name, origin, scene, people, hazards, threats, areas, cordons, operable, until_s, newSeed);
    }
}
