// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.polias.simulate.api.DensityMap;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Problem.Kind;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.Scene;
import org.polias.simulate.api.Simulation;
import org.polias.simulate.api.Snapshot;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.api.Workers;
import org.polias.simulate.internal.ground.Bins;
import org.polias.simulate.internal.ground.Gate;
import org.polias.simulate.internal.ground.Line;
import org.polias.simulate.internal.ground.Portal;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.measure.AreaMeter;
import org.polias.simulate.internal.measure.CrowdMap;

/**
 * The course of a crowd. A step is: what changes by the clock (doors, hazards, arrivals, who looks again for another exit); then all
 * move at once, each by what was before the step; then, one after another in the order of the slots, who has passed what; then
 * all are sorted by cell. Only the second and the last run on several workers, and neither depends on how many there are.
 */
public final class RunningSimulation implements Simulation {

    /** People a task steps: enough to be worth a task, few enough to share the work evenly. */
    private static final int CHUNK = 256;
    /** An exit's line is reached from this near: it may lie on a wall. */
    private static final double AT_LINE_M = 0.3;
    /** So far before a line that is held one stands who waits at it. */
    private static final double BEFORE_LINE_M = 0.03;
    /** An exit whose flow is not known takes this many a second and metre. */
    private static final double FLOW_PER_MS = 1.9;
    /** Only for a gain of this part, and of some seconds, people change their mind. */
    private static final double WORTH_CHANGING = 0.15;

    private static final double WORTH_CHANGING_S = 5;
    /** For how long back a flow is measured. */
    private static final float FLOW_WINDOW_S = 20;

    private final PreparedGround ground;
    private final Scenario scenario;
    private final Workers workers;
    private final List<Problem> problems;
    private final List<Population> populations;
    private final RouteChoice[] routes;
    private final Movement.Traits[] traits;
    private final boolean[] onWheels;
    private final Roster roster;
    private final Groups groups;
    private final Ways ways;
    private final Routes choice;
    private final Air air;
    private final Flight flight;
    private final Cells cells;
    private final Movement movement;
    private final Crowding crowding;
    private final Tripwires tripwires;
    private final Throttle[] throttles;
    private final Counter[] counters;
    private final Map<Integer, Boolean> overridden = new HashMap<>();
    private final List<AreaMeter> meters = new ArrayList<>();
    private final List<CrowdMap> maps = new ArrayList<>();
    private final Movement.Scratch[] scratches;
    private final int[] order;
    private final float step_s;

    private People people;
    private People other;
    /** People on the ground come first; the others have the slots after them. */
    private int number;
    /** Those still to come, in the order of their coming. */
    private int[] coming;

    private int nextComing;
    private double time_s;
    private int step;
    private int samples;
    private double nextSample_s;
    private double nextLook_s;
    private int evacuated;
    private int down;
    private int hurt;
    private int overcome;
    /** People who are where they were to go. */
    private int arrived;
    /** People who have nowhere to go, as the doors are. */
    private int lost;

    private final double lastChange_s;

    /** Begins at time 0. */
    public static RunningSimulation begin(PreparedGround ground, Scenario scenario, Workers workers) {
        return new RunningSimulation(ground, scenario, workers, null);
    }

    /** Goes on from what another one was. */
    public static RunningSimulation resume(
            PreparedGround ground, Snapshot snapshot, Scenario scenario, Workers workers) {
        if (!(snapshot instanceof Saved saved) || saved.ground() != ground) {
            throw new IllegalArgumentException("The snapshot is of a simulation on another ground.");
        }
        return new RunningSimulation(ground, scenario, workers, saved);
    }

    private RunningSimulation(PreparedGround ground, Scenario scenario, Workers workers, @Nullable Saved saved) {
        this.ground = ground;
        this.scenario = scenario;
        this.workers = workers;
        step_s = (float) scenario.settings().step_s();
        Cast cast = new Cast(ground);
        cast.check(scenario);
        time_s = saved == null ? 0 : saved.time_s();
        step = saved == null ? 0 : saved.step();
        populations = new ArrayList<>(saved == null ? List.of() : saved.populations());
        int old = saved == null ? 0 : saved.roster().size;
        int fresh = 0;
        List<Population> added = new ArrayList<>();
        for (Population population : scenario.populations()) {
            int index = indexOf(population.id());
            if (index >= 0) {
                populations.set(index, population);
            } else {
                added.add(population);
                fresh += Cast.count(population);
            }
        }
        roster = saved == null ? new Roster(fresh) : saved.roster().grown(old + fresh);
        if (saved != null) {
            cast.cohesion().addAll(saved.cohesion());
        }
        cast.from(old);
        int first = old;
        for (Population population : added) {
            populations.add(population);
            cast.fill(roster, population, populations.size() - 1, first, scenario.seed(), time_s);
            first += Cast.count(population);
        }
        cast.fail();
        problems = new ArrayList<>(cast.problems());
        routes = populations.stream().map(Population::route).toArray(RouteChoice[]::new);
        traits = populations.stream()
                .map(each -> new Movement.Traits(
                        (float) each.profile().stairUp(),
                        (float) each.profile().stairDown(),
                        each.profile().kind() == Profile.Kind.RESPONDER))
                .toArray(Movement.Traits[]::new);
        onWheels = new boolean[populations.size()];
        for (int i = 0; i < onWheels.length; i++) {
            onWheels[i] = populations.get(i).profile().kind() == Profile.Kind.WHEELCHAIR;
        }
        float[] cohesion = new float[cast.cohesion().size()];
        for (int i = 0; i < cohesion.length; i++) {
            cohesion[i] = cast.cohesion().get(i);
        }
        groups = new Groups(cohesion);
        ways = new Ways(ground, workers, saved == null ? ground.openAt(0) : saved.open());
        if (saved != null) {
            overridden.putAll(saved.overridden());
        }
        choice = new Routes(ground, ways);
        choice.refresh();
        for (boolean wheels : onWheels) {
            if (wheels) {
                ways.needStepless();
            }
        }
        for (RouteChoice route : routes) {
            if (route instanceof RouteChoice.Toward toward) {
                ways.fieldOf(toward);
            }
        }
        air = new Air(scenario.hazards(), ground, workers);
        flight = new Flight(ground, scenario.threats());
        cells = new Cells(ground.terrain().surfaces());
        tripwires = new Tripwires(ground, scenario.cordons());
        lastChange_s = lastChange_s(ground.scene());
        movement = new Movement(ground, cells, portalBins(ground), tripwires);
        int capacity = roster.size;
        crowding = new Crowding(cells, capacity);
        people = new People(capacity);
        other = new People(capacity);
        order = new int[capacity];
        scratches = new Movement.Scratch[capacity / CHUNK + 1];
        Arrays.setAll(scratches, i -> new Movement.Scratch());
        throttles = saved == null ? throttles(ground.scene()) : copies(saved.throttles());
        counters = new Counter[tripwires.count()];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = saved != null && i < tripwires.gates() ? saved.counters()[i].copy() : new Counter();
        }
        evacuated = saved == null ? 0 : saved.evacuated();
        down = saved == null ? 0 : saved.down();
        hurt = saved == null ? 0 : saved.hurt();
        overcome = saved == null ? 0 : saved.overcome();
        scenario.areas().forEach(area -> meters.add(new AreaMeter(area, ground)));
        if (scenario.settings().sample_s() > 0) {
            ground.terrain().surfaces().stream()
                    .filter(surface -> surface.isLevel())
                    .forEach(surface -> maps.add(new CrowdMap(
                            ground.scene().levels().get(surface.level()).id(), surface)));
        }
        air.refresh(time_s, ways);
        if (saved == null) {
            coming = new int[0];
        } else {
            settle(saved);
        }
        enter(cast.spots(), old);
        sortIn();
        chooseAll();
        nextSample_s = time_s;
        nextLook_s = time_s;
    }

    private int indexOf(String population) {
        for (int i = 0; i < populations.size(); i++) {
            if (populations.get(i).id().equals(population)) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Bins portalBins(PreparedGround ground) {
        List<Portal> portals = ground.terrain().portals();
        if (portals.isEmpty()) {
            return null;
        }
        return new Bins(
                ground.terrain().surfaces(),
                portals.stream().map(Portal::line).toList(),
                portals.stream()
                        .map(portal -> new int[] {portal.left(), portal.right()})
                        .toList(),
                PreparedGround.SIGHT_M);
    }

    private static Throttle[] throttles(Scene scene) {
        List<Throttle> made = new ArrayList<>();
        for (Door door : scene.doors()) {
            made.add(
                    door.limit_per_s().isPresent()
                            ? new Throttle.Paced(door.limit_per_s().getAsDouble())
                            : Throttle.FREE);
        }
        for (Exit exit : scene.exits()) {
            made.add(Throttle.of(exit.service()));
        }
        return made.toArray(Throttle[]::new);
    }

    /** When a door or exit opens or closes for the last time. */
    private static double lastChange_s(Scene scene) {
        double last = 0;
        for (Door door : scene.doors()) {
            for (double change : door.opening().changes_s()) {
                last = Math.max(last, change);
            }
        }
        for (Exit exit : scene.exits()) {
            for (double change : exit.opening().changes_s()) {
                last = Math.max(last, change);
            }
        }
        return last;
    }

    private static Throttle[] copies(Throttle[] throttles) {
        return Arrays.stream(throttles).map(Throttle::copy).toArray(Throttle[]::new);
    }

    /** Puts the people of a snapshot where they were. */
    private void settle(Saved saved) {
        People before = saved.people();
        for (int i = 0; i < saved.number(); i++) {
            people.x[i] = before.x[i];
            people.y[i] = before.y[i];
            people.vx[i] = before.vx[i];
            people.vy[i] = before.vy[i];
            people.headingX[i] = before.headingX[i];
            people.headingY[i] = before.headingY[i];
            people.blocked[i] = before.blocked[i];
            people.remaining[i] = before.remaining[i];
            people.state[i] = before.state[i];
            people.surface[i] = before.surface[i];
            person(i, before.person[i]);
            if (before.state[i] == People.WAITING) {
                Population population = populations.get(roster.population[before.person[i]]);
                people.startAt[i] = before.startAt[i];
                if (scenario.populations().contains(population)) {
                    // Told anew: the time counts from now, and who would have gone earlier still does.
                    float delay = roster.startAt[before.person[i]];
                    people.startAt[i] = Math.max((float) time_s, delay);
                }
            }
        }
        number = saved.number();
        coming = Arrays.copyOfRange(saved.coming(), saved.nextComing(), saved.coming().length);
    }

    private void person(int slot, int person) {
        Population population = populations.get(roster.population[person]);
        people.person[slot] = person;
        people.radius[slot] = roster.radius[person];
        people.freeSpeed[slot] = roster.freeSpeed[person];
        people.startAt[slot] = roster.startAt[person];
        double gap = population.profile().timeGap_s().orElse(1);
        people.gap[slot] = (float) gap * Model.USUAL_SPEED / roster.freeSpeed[person];
        people.field[slot] = -1;
    }

    private void enter(List<Placing.@Nullable Spot> spots, int firstPerson) {
        List<Integer> later = new ArrayList<>();
        for (int person : coming) {
            later.add(person);
        }
        for (int k = 0; k < spots.size(); k++) {
            Placing.Spot spot = spots.get(k);
            if (spot == null) {
                later.add(firstPerson + k);
            } else {
                put(firstPerson + k, spot.surface(), spot.x(), spot.y());
            }
        }
        later.sort((a, b) -> {
            int byTime = Float.compare(roster.arrivesAt[a], roster.arrivesAt[b]);
            return byTime != 0 ? byTime : Integer.compare(a, b);
        });
        coming = later.stream().mapToInt(Integer::intValue).toArray();
        nextComing = 0;
    }

    private void put(int person, int surface, float x, float y) {
        int slot = number++;
        people.x[slot] = x;
        people.y[slot] = y;
        people.vx[slot] = 0;
        people.vy[slot] = 0;
        people.headingX[slot] = 0;
        people.headingY[slot] = 0;
        people.blocked[slot] = 0;
        people.remaining[slot] = 0;
        people.surface[slot] = (short) surface;
        people.state[slot] = People.WAITING;
        person(slot, person);
    }

    /** Sorts those who were put in. */
    private void sortIn() {
        People p = people;
        for (int i = 0; i < number; i++) {
            p.nextX[i] = p.x[i];
            p.nextY[i] = p.y[i];
            p.nextVx[i] = p.vx[i];
            p.nextVy[i] = p.vy[i];
            p.nextHeadingX[i] = p.headingX[i];
            p.nextHeadingY[i] = p.headingY[i];
            p.nextBlocked[i] = p.blocked[i];
            p.nextRemaining[i] = p.remaining[i];
            p.nextState[i] = p.state[i];
            p.nextSurface[i] = p.surface[i];
            p.nextCell[i] = cells.cell(p.surface[i], p.x[i], p.y[i]);
        }
        sort();
    }

    private void sort() {
        People from = people;
        People to = other;
        cells.sort(from.nextCell, number, order);
        int count = number;
        workers.forEach(tasks(count), task -> to.take(from, order, task * CHUNK, Math.min(count, (task + 1) * CHUNK)));
        people = to;
        other = from;
        // Who has left is sorted behind all others.
        while (number > 0 && people.state[number - 1] == People.ABSENT) {
            number--;
        }
    }

    private static int tasks(int count) {
        return (count + CHUNK - 1) / CHUNK;
    }

    private int node(int slot) {
        return ground.lattice().node(people.surface[slot], people.x[slot], people.y[slot]);
    }

    private boolean isOnWheels(int person) {
        return onWheels[roster.population[person]];
    }

    /** Everybody chooses; plans are dealt out among all of a population. */
    private void chooseAll() {
        boolean[] all = new boolean[populations.size()];
        Arrays.fill(all, true);
        choose(all);
        int trapped = 0;
        for (int i = 0; i < number; i++) {
            if (people.field[i] < 0 && !(routes[roster.population[people.person[i]]] instanceof RouteChoice.Stay)) {
                trapped++;
            }
        }
        if (trapped > 0) {
            problems.add(new Problem(
                    Kind.TRAPPED,
                    ground.scene().name(),
                    "%d of %d people stand where no open exit can be reached.".formatted(trapped, number)));
        }
    }

    private void choose(boolean[] chosenPopulations) {
        for (int population = 0; population < chosenPopulations.length; population++) {
            if (!chosenPopulations[population]) {
                continue;
            }
            RouteChoice rule = routes[population];
            RouteChoice dealt = rule instanceof RouteChoice.CongestionAware aware ? aware.others() : rule;
            if (dealt instanceof RouteChoice.Assigned assigned) {
                deal(population, assigned);
            } else {
                for (int i = 0; i < number; i++) {
                    if (roster.population[people.person[i]] == population) {
                        chooseOne(i, rule);
                    }
                }
            }
        }
    }

    private void chooseOne(int slot, RouteChoice rule) {
        int person = people.person[slot];
        people.field[slot] = (short) choice.choose(rule, node(slot), isOnWheels(person), roster.temper[person]);
        if (people.state[slot] == People.ARRIVED) {
            people.state[slot] = People.WALKING;
        }
    }

    private void deal(int population, RouteChoice.Assigned assigned) {
        int[] slots = new int[number];
        int members = 0;
        for (int i = 0; i < number; i++) {
            if (roster.population[people.person[i]] == population) {
                slots[members++] = i;
            }
        }
        // In the order of the persons, whatever the order of the slots.
        int[] sorted = Arrays.stream(slots, 0, members)
                .boxed()
                .sorted((a, b) -> Integer.compare(people.person[a], people.person[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        int[] nodes = Arrays.stream(sorted).map(this::node).toArray();
        int[] exits = choice.assign(assigned, nodes, onWheels[population]);
        for (int k = 0; k < members; k++) {
            people.field[sorted[k]] = (short) (exits[k] < 0 ? -1 : ways.fieldOf(exits[k], onWheels[population]));
        }
    }

    @Override
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public double time_s() {
        return time_s;
    }

    @Override
    public int present() {
        return number;
    }

    @Override
    public int evacuated() {
        return evacuated;
    }

    @Override
    public int down() {
        return down;
    }

    @Override
    public boolean isOver() {
        return number - down - arrived - lost <= 0
                && nextComing == coming.length
                && (lost == 0 || time_s > lastChange_s + 2 * Flight.LOOK_S);
    }

    @Override
    public void advanceTo(double until_s) {
        while (time_s < until_s - 1e-6 && !isOver()) {
            step();
        }
    }

    @Override
    public void step() {
        openAndClose();
        air.refresh(time_s, ways);
        comeIn();
        if (time_s >= nextLook_s - 1e-9) {
            nextLook_s += Flight.LOOK_S;
            look();
        }
        if (!groups.isEmpty()) {
            groups.refresh(people, number, roster);
        }
        boolean sampling = scenario.settings().sample_s() > 0 && time_s >= nextSample_s - 1e-9;
        People p = people;
        int count = number;
        Movement.Now now = new Movement.Now(
                p,
                roster,
                traits,
                groups,
                flight,
                ways.fields(),
                ways.open(),
                air.speed,
                air.dose_per_s,
                (float) time_s,
                step_s,
                step);
        workers.forEach(
                tasks(count),
                task -> movement.advance(now, task * CHUNK, Math.min(count, (task + 1) * CHUNK), scratches[task]));
        for (int task = 0; task < tasks(count); task++) {
            Movement.Scratch scratch = scratches[task];
            int before = -1;
            for (int k = 0; k < scratch.notes; k++) {
                if (scratch.noted[k] != before) {
                    before = scratch.noted[k];
                    settle(before);
                }
            }
        }
        if (sampling) {
            sample(p, count);
        }
        sort();
        time_s = ++step * scenario.settings().step_s();
    }

    /** What has become of one who passed something, or came to his goal, or cannot go on. */
    private void settle(int i) {
        People p = people;
        int person = p.person[i];
        if (p.nextState[i] == People.DOWN) {
            if (p.state[i] != People.DOWN) {
                fall(i, person);
                overcome++;
            }
            return;
        }
        double end_s = time_s + step_s;
        if (isSettledBy(i, person, p.surface[i], end_s)
                || p.nextSurface[i] != p.surface[i] && isSettledBy(i, person, p.nextSurface[i], end_s)) {
            return;
        }
        int field = p.field[i];
        if (field >= 0 && p.nextState[i] != People.ABSENT) {
            int node = ground.lattice().node(p.nextSurface[i], p.nextX[i], p.nextY[i]);
            if (node >= 0 && ways.fields().get(field).distance()[node] <= 0) {
                arrive(i, person, field, (float) end_s);
            }
        }
    }

    /** Passes the lines of a surface that were crossed; whether that ended the step, by an exit or because one was held. */
    private boolean isSettledBy(int i, int person, int surface, double end_s) {
        People p = people;
        Bins bins = tripwires.bins();
        int bin = bins.bin(surface, p.x[i], p.y[i]);
        for (int k = bins.start(bin); k < bins.end(bin); k++) {
            int tripwire = bins.item(k);
            Line line = tripwires.line(tripwire);
            int crossing = line.crossing(p.x[i], p.y[i], p.nextX[i], p.nextY[i]);
            int exit = tripwire - ground.scene().doors().size();
            if (crossing == 0 && !(exit >= 0 && tripwire < tripwires.gates() && hasReached(i, exit, line))) {
                continue;
            }
            if (tripwire >= tripwires.gates()) {
                counters[tripwire].pass(when(line, i), crossing);
                continue;
            }
            Gate gate = ground.gates().get(tripwire);
            boolean open = ways.open()[tripwire];
            if (!open || crossing != 0 && !gate.allows(crossing) || !throttles[tripwire].admits(end_s)) {
                hold(i, line);
                return true;
            }
            if (exit >= 0) {
                leave(i, person, exit, crossing == 0 ? (float) end_s : when(line, i));
                return true;
            }
            counters[tripwire].pass(when(line, i), crossing);
        }
        return false;
    }

    /** Whether one who seeks an exit has come to its line. */
    private boolean hasReached(int i, int exit, Line line) {
        return ways.exitOf(people.field[i]) == exit
                && people.nextState[i] == People.WALKING | people.nextState[i] == People.FLEEING
                && line.length() > 0
                && line.distance(people.nextX[i], people.nextY[i]) <= AT_LINE_M;
    }

    /** When in the step the line was crossed. */
    private float when(Line line, int i) {
        double before = Math.abs(line.side(people.x[i], people.y[i]));
        double after = Math.abs(line.side(people.nextX[i], people.nextY[i]));
        double part = before + after > 0 ? before / (before + after) : 1;
        return (float) (time_s + part * step_s);
    }

    private void arrive(int i, int person, int field, float at_s) {
        int exit = ways.exitOf(field);
        if (exit < 0) {
            if (people.nextState[i] == People.WALKING) {
                people.nextState[i] = People.ARRIVED;
                people.nextVx[i] = 0;
                people.nextVy[i] = 0;
            }
            return;
        }
        int gate = ground.scene().doors().size() + exit;
        boolean isZone = ground.scene().exits().get(exit).place() instanceof Exit.Place.Zone;
        if (isZone
                && (people.nextState[i] == People.WALKING || people.nextState[i] == People.FLEEING)
                && ways.open()[gate]
                && throttles[gate].admits(at_s)) {
            leave(i, person, exit, at_s);
        }
    }

    /** Stops one just before a line, so that he is the next when it lets somebody pass. */
    private void hold(int i, Line line) {
        People p = people;
        float part = 0;
        if (p.nextSurface[i] == p.surface[i] && line.crossing(p.x[i], p.y[i], p.nextX[i], p.nextY[i]) != 0) {
            double way = Math.hypot(p.nextX[i] - p.x[i], p.nextY[i] - p.y[i]);
            part = (float) Math.max(0, (when(line, i) - time_s) / step_s - BEFORE_LINE_M / way);
        }
        p.nextX[i] = p.x[i] + part * (p.nextX[i] - p.x[i]);
        p.nextY[i] = p.y[i] + part * (p.nextY[i] - p.y[i]);
        p.nextVx[i] = 0;
        p.nextVy[i] = 0;
        p.nextSurface[i] = p.surface[i];
        p.nextCell[i] = cells.cell(p.surface[i], p.nextX[i], p.nextY[i]);
    }

    private void leave(int i, int person, int exit, float at_s) {
        people.nextState[i] = People.ABSENT;
        people.nextCell[i] = cells.count();
        roster.leftAt[person] = at_s;
        roster.exit[person] = (short) exit;
        counters[ground.scene().doors().size() + exit].pass(at_s, 1);
        evacuated++;
    }

    private void fall(int i, int person) {
        people.nextState[i] = People.DOWN;
        people.nextVx[i] = 0;
        people.nextVy[i] = 0;
        people.nextHeadingX[i] = 0;
        people.nextHeadingY[i] = 0;
        roster.isDown[person] = true;
        down++;
    }

    /** Doors and exits as the clock and those who overrode it say. */
    private void openAndClose() {
        boolean[] state = ground.openAt(time_s);
        List<Integer> changed = new ArrayList<>();
        for (int gate = 0; gate < state.length; gate++) {
            state[gate] = overridden.getOrDefault(gate, state[gate]);
            if (state[gate] != ways.open()[gate]) {
                changed.add(gate);
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        ways.setOpen(changed, state);
        choice.refresh();
        // Who can no longer reach what he sought looks for another exit; when something opens, all look again.
        boolean anyOpened = changed.stream().anyMatch(gate -> state[gate]);
        for (int i = 0; i < number; i++) {
            RouteChoice rule = routes[roster.population[people.person[i]]];
            int field = people.field[i];
            int exit = ways.exitOf(field);
            int node = node(i);
            boolean lost = field < 0
                    || exit >= 0 && !choice.isOpen(exit)
                    || node >= 0 && ways.fields().get(field).distance()[node] == Float.POSITIVE_INFINITY;
            boolean maySwitch = anyOpened && rule instanceof RouteChoice.Nearest;
            if ((lost || maySwitch) && people.state[i] != People.DOWN) {
                chooseOne(i, rule instanceof RouteChoice.Assigned ? RouteChoice.nearest() : rule);
            }
        }
    }

    /** Lets those in whose time has come, where there is room. */
    private void comeIn() {
        boolean any = false;
        while (nextComing < coming.length && roster.arrivesAt[coming[nextComing]] <= time_s + 1e-6) {
            int person = coming[nextComing];
            Population population = populations.get(roster.population[person]);
            if (!(population.placement() instanceof Placement.Arriving arriving) || !comeIn(person, arriving)) {
                break;
            }
            nextComing++;
            any = true;
        }
        if (any) {
            sortIn();
        }
    }

    private boolean comeIn(int person, Placement.Arriving arriving) {
        int surface = ground.terrain().level(arriving.level());
        var random = new java.util.SplittableRandom(scenario.seed() * 31 + person * 0x9E3779B9L + step);
        var box = org.polias.simulate.internal.ground.Terrain.geometry(arriving.area())
                .getEnvelopeInternal();
        for (int i = 0; i < 12; i++) {
            float x = (float) (box.getMinX() + random.nextDouble() * box.getWidth());
            float y = (float) (box.getMinY() + random.nextDouble() * box.getHeight());
            if (ground.lattice().node(surface, x, y) >= 0
                    && ground.isWalkable(surface, x, y)
                    && isFree(surface, x, y, roster.radius[person])) {
                put(person, surface, x, y);
                int slot = number - 1;
                chooseOne(slot, routes[roster.population[person]]);
                return true;
            }
        }
        return false;
    }

    private boolean isFree(int surface, float x, float y, float radius) {
        for (int i = 0; i < number; i++) {
            float dx = people.x[i] - x;
            float dy = people.y[i] - y;
            float apart = people.radius[i] + radius;
            if (people.surface[i] == surface && dx * dx + dy * dy < apart * apart) {
                return false;
            }
        }
        return true;
    }

    /** Once a second: who is there, who sees a threat, who looks for a faster exit. */
    private void look() {
        count();
        if (!flight.isNone()) {
            flee();
        }
        review();
    }

    private void count() {
        arrived = 0;
        lost = 0;
        for (int i = 0; i < number; i++) {
            byte state = people.state[i];
            int field = people.field[i];
            int node = field < 0 ? -1 : node(i);
            if (state == People.ARRIVED) {
                arrived++;
            } else if (state != People.DOWN
                    && (field < 0
                            || node >= 0 && ways.fields().get(field).distance()[node] == Float.POSITIVE_INFINITY)) {
                lost++;
            }
        }
    }

    private void flee() {
        flight.refresh(time_s);
        People p = people;
        for (int i = 0; i < number; i++) {
            boolean sees = false;
            byte state = p.state[i];
            if (state == People.DOWN || traits[roster.population[p.person[i]]].isResponder()) {
                continue;
            }
            for (Flight.Seen threat : flight.active()) {
                sees |= flight.sees(threat, p.surface[i], p.x[i], p.y[i]);
            }
            if (sees) {
                p.state[i] = People.FLEEING;
                turn(i);
            } else if (state == People.FLEEING) {
                p.state[i] = People.WALKING;
            }
        }
        for (Flight.Seen threat : flight.active()) {
            int victims = flight.harm(threat.index(), Flight.LOOK_S);
            for (int k = 0; k < victims; k++) {
                int victim = nearest(threat);
                if (victim < 0) {
                    break;
                }
                p.state[victim] = People.DOWN;
                p.vx[victim] = 0;
                p.vy[victim] = 0;
                p.headingX[victim] = 0;
                p.headingY[victim] = 0;
                roster.isDown[p.person[victim]] = true;
                down++;
                hurt++;
            }
        }
    }

    private int nearest(Flight.Seen threat) {
        int best = -1;
        double least = threat.reach();
        for (int i = 0; i < number; i++) {
            double distance = Math.hypot(people.x[i] - threat.x(), people.y[i] - threat.y());
            if (people.surface[i] == threat.surface()
                    && people.state[i] != People.DOWN
                    && distance < least
                    && flight.isClear(people.surface[i], people.x[i], people.y[i], threat.x(), threat.y())) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    /** Makes for the nearest exit to which the way does not lead to a threat. */
    private void turn(int i) {
        int node = node(i);
        if (node < 0) {
            return;
        }
        boolean wheels = isOnWheels(people.person[i]);
        float[] look = new float[3];
        double best = Double.POSITIVE_INFINITY;
        int found = -1;
        for (int exit = 0; exit < ways.exits(); exit++) {
            float distance = choice.distance(exit, wheels, node);
            if (!choice.isOpen(exit) || distance == Float.POSITIVE_INFINITY) {
                continue;
            }
            int field = ways.fieldOf(exit, wheels);
            ground.lattice().look(ways.fields().get(field), people.surface[i], people.x[i], people.y[i], look);
            double away = flight.away(people.surface[i], people.x[i], people.y[i], look[0], look[1]);
            // A way towards him counts as several times as long.
            double cost = distance * (away < 0 ? 1 - 4 * away : 1);
            if (cost < best) {
                best = cost;
                found = field;
            }
        }
        if (found >= 0) {
            people.field[i] = (short) found;
        }
    }

    /**
     * The informed compare when they would be out by each exit: the walk, or the queue ahead at the exit's flow, whichever takes
     * longer.
     */
    private void review() {
        boolean any = false;
        for (RouteChoice route : routes) {
            any |= route instanceof RouteChoice.CongestionAware;
        }
        if (!any) {
            return;
        }
        int exits = ways.exits();
        Queues queues = new Queues(exits);
        double[] flow = new double[exits];
        for (int exit = 0; exit < exits; exit++) {
            flow[exit] = flow(exit);
        }
        for (int i = 0; i < number; i++) {
            int exit = ways.exitOf(people.field[i]);
            if (exit >= 0 && people.state[i] != People.DOWN) {
                queues.add(exit, people.remaining[i]);
            }
        }
        queues.ready();
        for (int i = 0; i < number; i++) {
            int person = people.person[i];
            if (!(routes[roster.population[person]] instanceof RouteChoice.CongestionAware aware)
                    || people.state[i] != People.WALKING && people.state[i] != People.WAITING
                    || roster.temper[person] >= aware.informedShare()) {
                continue;
            }
            int period = Math.max(1, (int) Math.round(aware.review_s() / Flight.LOOK_S));
            if (Math.floorMod(person + (int) Math.round(time_s / Flight.LOOK_S), period) == 0) {
                reconsider(i, person, queues, flow);
            }
        }
    }

    private void reconsider(int i, int person, Queues queues, double[] flow) {
        int node = node(i);
        boolean wheels = isOnWheels(person);
        int current = ways.exitOf(people.field[i]);
        double best = Double.POSITIVE_INFINITY;
        double stay = Double.POSITIVE_INFINITY;
        int found = -1;
        for (int exit = 0; exit < flow.length; exit++) {
            float distance = choice.distance(exit, wheels, node);
            if (!choice.isOpen(exit) || distance == Float.POSITIVE_INFINITY) {
                continue;
            }
            double walk = distance / Math.max(0.1, people.freeSpeed[i]);
            double queue = queues.ahead(exit, distance) / flow[exit];
            double out = Math.max(walk, queue) + 0.2 * Math.min(walk, queue);
            if (exit == current) {
                stay = out;
            }
            if (out < best) {
                best = out;
                found = exit;
            }
        }
        if (found >= 0 && found != current && best < stay * (1 - WORTH_CHANGING) - WORTH_CHANGING_S) {
            people.field[i] = (short) ways.fieldOf(found, wheels);
            queues.move(current, people.remaining[i], found, choice.distance(found, wheels, node));
        }
    }

    /** What an exit takes in a second: as measured if people pass, else by its width. */
    private double flow(int exit) {
        int gate = ground.scene().doors().size() + exit;
        double possible =
                switch (ground.scene().exits().get(exit).place()) {
                    case Exit.Place.Line line -> FLOW_PER_MS * line.segment().length_m();
                    case Exit.Place.Zone zone -> FLOW_PER_MS * 5;
                };
        possible = Math.min(possible, throttles[gate].rate_per_s());
        double measured = counters[gate].since((float) time_s - FLOW_WINDOW_S) / FLOW_WINDOW_S;
        return measured > 0.1 * possible ? measured : possible;
    }

    private void sample(People p, int count) {
        samples++;
        double interval = scenario.settings().sample_s();
        nextSample_s += interval;
        workers.forEach(
                tasks(count), task -> crowding.measure(p, step_s, task * CHUNK, Math.min(count, (task + 1) * CHUNK)));
        meters.forEach(AreaMeter::begin);
        for (int i = 0; i < count; i++) {
            int surface = p.surface[i];
            if (surface < maps.size()) {
                maps.get(surface).add(p.x[i], p.y[i], crowding.density[i], crowding.pressure[i], samples, interval);
            }
            for (AreaMeter meter : meters) {
                meter.add(surface, p.x[i], p.y[i], (p.nextX[i] - p.x[i]) / step_s, (p.nextY[i] - p.y[i]) / step_s);
            }
        }
        for (AreaMeter meter : meters) {
            meter.end(time_s);
        }
    }

    @Override
    public void setOpen(String doorOrExit, boolean open) {
        Scene scene = ground.scene();
        for (int i = 0; i < scene.doors().size(); i++) {
            if (scene.doors().get(i).id().equals(doorOrExit)) {
                overridden.put(i, open);
                return;
            }
        }
        int exit = ground.exit(doorOrExit);
        if (exit < 0) {
            throw new IllegalArgumentException("There is no door or exit '%s'.%nMaybe one of %s or %s."
                    .formatted(
                            doorOrExit,
                            scene.doors().stream().map(Door::id).toList(),
                            scene.exits().stream().map(Exit::id).toList()));
        }
        overridden.put(scene.doors().size() + exit, open);
    }

    @Override
    public void redirect(Collection<String> ids, RouteChoice route) {
        Cast check = new Cast(ground);
        check.checkRoute(String.join(", ", ids), route);
        check.fail();
        boolean[] chosen = new boolean[populations.size()];
        for (String id : ids) {
            int index = indexOf(id);
            if (index < 0) {
                throw new UnusableInput(List.of(new Problem(
                        Kind.UNKNOWN_ID,
                        id,
                        "There is no such population.%nMaybe one of %s."
                                .formatted(
                                        populations.stream().map(Population::id).toList()))));
            }
            chosen[index] = true;
            routes[index] = route;
        }
        choose(chosen);
    }

    @Override
    public Frame frame() {
        return frame(people, number, time_s, ways::exitOf, ground);
    }

    private static Frame frame(
            People p, int number, double time_s, java.util.function.IntUnaryOperator exitOf, PreparedGround ground) {
        int[] person = Arrays.copyOf(p.person, number);
        float[] speed = new float[number];
        int[] level = new int[number];
        int[] exit = new int[number];
        Frame.Condition[] condition = new Frame.Condition[number];
        for (int i = 0; i < number; i++) {
            speed[i] = (float) Math.hypot(p.vx[i], p.vy[i]);
            level[i] = ground.terrain().surfaces().get(p.surface[i]).level();
            exit[i] = exitOf.applyAsInt(p.field[i]);
            condition[i] = switch (p.state[i]) {
                case People.WAITING -> Frame.Condition.WAITING;
                case People.FLEEING -> Frame.Condition.FLEEING;
                case People.ARRIVED -> Frame.Condition.ARRIVED;
                case People.DOWN -> Frame.Condition.DOWN;
                default -> Frame.Condition.WALKING;
            };
        }
        return new Frame(
                time_s, person, Arrays.copyOf(p.x, number), Arrays.copyOf(p.y, number), speed, level, exit, condition);
    }

    @Override
    public Snapshot snapshot() {
        People copy = new People(number);
        int[] same = new int[number];
        Arrays.setAll(same, i -> i);
        People p = people;
        System.arraycopy(p.x, 0, p.nextX, 0, number);
        System.arraycopy(p.y, 0, p.nextY, 0, number);
        System.arraycopy(p.vx, 0, p.nextVx, 0, number);
        System.arraycopy(p.vy, 0, p.nextVy, 0, number);
        System.arraycopy(p.headingX, 0, p.nextHeadingX, 0, number);
        System.arraycopy(p.headingY, 0, p.nextHeadingY, 0, number);
        System.arraycopy(p.blocked, 0, p.nextBlocked, 0, number);
        System.arraycopy(p.remaining, 0, p.nextRemaining, 0, number);
        System.arraycopy(p.state, 0, p.nextState, 0, number);
        System.arraycopy(p.surface, 0, p.nextSurface, 0, number);
        copy.take(p, same, 0, number);
        List<Float> cohesion = new ArrayList<>();
        for (float each : groups.cohesion()) {
            cohesion.add(each);
        }
        return new Saved(
                ground,
                time_s,
                step,
                List.copyOf(populations),
                copy,
                number,
                roster.grown(roster.size),
                cohesion,
                coming.clone(),
                nextComing,
                ways.open().clone(),
                Map.copyOf(overridden),
                copies(throttles),
                Arrays.stream(counters).map(Counter::copy).toArray(Counter[]::new),
                evacuated,
                down,
                hurt,
                overcome,
                frame());
    }

    /** All that a simulation is at a moment. */
    private record Saved(
            PreparedGround ground,
            double time_s,
            int step,
            List<Population> populations,
            People people,
            int number,
            Roster roster,
            List<Float> cohesion,
            int[] coming,
            int nextComing,
            boolean[] open,
            Map<Integer, Boolean> overridden,
            Throttle[] throttles,
            Counter[] counters,
            int evacuated,
            int down,
            int hurt,
            int overcome,
            Frame frame)
            implements Snapshot {}

    @Override
    public Result result() {
        Scene scene = ground.scene();
        List<Result.Passages> doors = new ArrayList<>();
        List<Result.Passages> exits = new ArrayList<>();
        List<Result.Passages> cordons = new ArrayList<>();
        for (int i = 0; i < counters.length; i++) {
            int exit = i - scene.doors().size();
            if (exit < 0) {
                doors.add(counters[i].passages(scene.doors().get(i).id()));
            } else if (exit < scene.exits().size()) {
                exits.add(counters[i].passages(scene.exits().get(exit).id()));
            } else {
                cordons.add(counters[i].passages(
                        scenario.cordons().get(exit - scene.exits().size()).id()));
            }
        }
        int[] exitOf = new int[roster.size];
        for (int i = 0; i < exitOf.length; i++) {
            exitOf[i] = roster.exit[i];
        }
        List<DensityMap> found = maps.stream().map(CrowdMap::map).toList();
        return new Result(
                time_s,
                roster.size,
                roster.leftAt.clone(),
                exitOf,
                roster.dose.clone(),
                roster.walked.clone(),
                hurt,
                overcome,
                doors,
                exits,
                cordons,
                meters.stream().map(AreaMeter::series).toList(),
                found);
    }
}
