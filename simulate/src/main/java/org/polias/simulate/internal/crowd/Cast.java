// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;
import org.polias.simulate.api.Area;
import org.polias.simulate.api.Distribution;
import org.polias.simulate.api.Grouping;
import org.polias.simulate.api.Placement;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Problem.Kind;
import org.polias.simulate.api.Profile;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.api.Scenario;
import org.polias.simulate.api.UnusableInput;
import org.polias.simulate.internal.ground.PreparedGround;

/** Makes people of populations: who they are, and where they stand. */
final class Cast {

    /** More are not computed. */
    static final int MOST_PEOPLE = 2_000_000;

    private final PreparedGround ground;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Placing.@Nullable Spot> spots = new ArrayList<>();
    private final List<Float> cohesion = new ArrayList<>();

    Cast(PreparedGround ground) {
        this.ground = ground;
    }

    List<Problem> problems() {
        return problems;
    }

    /** For each new person the place; null: comes later. */
    List<Placing.@Nullable Spot> spots() {
        return spots;
    }

    /** For each group how far its members let each other be. */
    List<Float> cohesion() {
        return cohesion;
    }

    /**
     * Checks what is wrong with a scenario before anybody is placed.
     *
     * @throws UnusableInput if nothing sensible can be computed with it
     */
    void check(Scenario scenario) {
        Set<String> ids = new HashSet<>();
        long people = 0;
        for (Population population : scenario.populations()) {
            if (!ids.add(population.id())) {
                problem(Kind.DUPLICATE_ID, population.id(), "There are two populations of this name.");
            }
            if (population.count() < 0) {
                problem(Kind.BAD_NUMBER, population.id(), "It has %d people.", population.count());
            }
            people += Math.max(0, count(population));
            checkPlacement(population);
            checkNumbers(population);
            checkRoute(population.id(), population.route());
        }
        if (people > MOST_PEOPLE) {
            problem(
                    Kind.TOO_LARGE,
                    ground.scene().name(),
                    "%d people are more than the %d that can be computed.",
                    people,
                    MOST_PEOPLE);
        }
        scenario.areas().forEach(area -> checkLevel(area.id(), area.level()));
        scenario.areas().forEach(area -> checkArea(area.id(), area.area()));
        scenario.cordons().forEach(cordon -> checkLevel(cordon.id(), cordon.level()));
        scenario.threats().forEach(threat -> checkLevel(threat.id(), threat.level()));
        fail();
    }

    /** @throws UnusableInput if something fatal was found */
    void fail() {
        List<Problem> fatal =
                problems.stream().filter(each -> each.kind().isFatal()).toList();
        if (!fatal.isEmpty()) {
            throw new UnusableInput(fatal);
        }
    }

    private void problem(Kind kind, String subject, String text, Object... values) {
        problems.add(new Problem(kind, subject, text.formatted(values)));
    }

    private void checkLevel(String id, String level) {
        if (!ground.terrain().isKnownLevel(level)) {
            problem(Kind.UNKNOWN_ID, id, "It is on the level '%s', which is not there.", level);
        }
    }

    private void checkArea(String id, Area area) {
        boolean sound = area.shell().size() >= 3
                && area.shell().stream().allMatch(p -> Double.isFinite(p.x_m()) && Double.isFinite(p.y_m()));
        if (!sound) {
            problem(Kind.BAD_NUMBER, id, "Its area is no polygon of places: %s.", area.shell());
        }
    }

    private void checkPlacement(Population population) {
        switch (population.placement()) {
            case Placement.Within within -> {
                checkLevel(population.id(), within.level());
                checkArea(population.id(), within.area());
            }
            case Placement.At at -> {
                for (Placement.Spot spot : at.spots()) {
                    checkLevel(population.id(), spot.level());
                    if (!Double.isFinite(spot.point().x_m())
                            || !Double.isFinite(spot.point().y_m())) {
                        problem(Kind.BAD_NUMBER, population.id(), "Somebody is to stand at %s.", spot.point());
                        return;
                    }
                }
            }
            case Placement.Arriving arriving -> {
                checkLevel(population.id(), arriving.level());
                checkArea(population.id(), arriving.area());
                if (!(arriving.until_s() >= arriving.from_s()) || !Double.isFinite(arriving.until_s())) {
                    problem(
                            Kind.BAD_NUMBER,
                            population.id(),
                            "It arrives from %s s until %s s.",
                            arriving.from_s(),
                            arriving.until_s());
                }
            }
        }
    }

    private void checkNumbers(Population population) {
        Profile profile = population.profile();
        checkRange(population.id(), "Its radius", profile.radius_m(), 0.1, 0.6);
        switch (profile.speed()) {
            case Profile.Speed.Given given -> checkRange(population.id(), "Its speed", given.speed_mps(), 0.05, 5);
            case Profile.Speed.ByAge byAge -> checkRange(population.id(), "Its age", byAge.age_years(), 0, 120);
        }
        checkRange(population.id(), "Its pre-movement time", population.preMovement_s(), 0, 1e6);
        double gap = profile.timeGap_s().orElse(1);
        if (!(gap > 0.2 && gap < 5)) {
            problem(Kind.BAD_NUMBER, population.id(), "Its time gap is %s s.%nMaybe between 0.3 and 3 s.", gap);
        }
        if (!(profile.stairUp() > 0.01) || !(profile.stairDown() > 0.01)) {
            problem(
                    Kind.BAD_NUMBER,
                    population.id(),
                    "Its parts of the speed on stairs are %s up and %s down.",
                    profile.stairUp(),
                    profile.stairDown());
        }
    }

    private void checkRange(String id, String what, Distribution distribution, double least, double most) {
        double low =
                switch (distribution) {
                    case Distribution.Constant it -> it.value();
                    case Distribution.Uniform it -> it.min();
                    case Distribution.Normal it -> it.min();
                    case Distribution.LogNormal it -> it.median();
                };
        double high =
                switch (distribution) {
                    case Distribution.Constant it -> it.value();
                    case Distribution.Uniform it -> it.max();
                    case Distribution.Normal it -> it.max();
                    case Distribution.LogNormal it -> it.max();
                };
        if (!(low >= least && high <= most)) {
            problem(
                    Kind.BAD_NUMBER,
                    id,
                    "%s goes from %s to %s; it must lie between %s and %s.",
                    what,
                    low,
                    high,
                    least,
                    most);
        }
    }

    /** Adds what is wrong with a rule of choice. */
    void checkRoute(String id, RouteChoice route) {
        for (String exit : Routes.named(route)) {
            if (ground.exit(exit) < 0) {
                problem(
                        Kind.UNKNOWN_ID,
                        id,
                        "It goes to the exit '%s', which is not there.%nMaybe one of %s.",
                        exit,
                        ground.scene().exits().stream().map(each -> each.id()).toList());
            }
        }
        if (route instanceof RouteChoice.Toward toward) {
            checkLevel(id, toward.level());
            checkArea(id, toward.area());
        }
        if (route instanceof RouteChoice.CongestionAware aware
                && (!(aware.informedShare() >= 0 && aware.informedShare() <= 1) || !(aware.review_s() > 0))) {
            problem(
                    Kind.BAD_NUMBER,
                    id,
                    "Of it the part %s is informed and looks again every %s s.",
                    aware.informedShare(),
                    aware.review_s());
        }
    }

    static int count(Population population) {
        return population.placement() instanceof Placement.At at ? at.spots().size() : population.count();
    }

    /**
     * Makes the people of a population.
     *
     * @param index the population's
     * @param first the number of its first person
     * @param now the time from which on they wait
     */
    void fill(Roster roster, Population population, int index, int first, long seed, double now) {
        // Each population draws from its own sequence: another one more or less changes nobody.
        SplittableRandom random = new SplittableRandom(
                seed * 0x9E3779B97F4A7C15L ^ population.id().hashCode());
        int count = count(population);
        List<Placing.Spot> places = places(population, count, random, now, roster, first);
        for (int k = 0; k < count; k++) {
            int person = first + k;
            roster.population[person] = (short) index;
            roster.temper[person] = random.nextFloat();
            roster.freeSpeed[person] = (float) Draw.speed(population.profile().speed(), random);
            roster.radius[person] = (float) Draw.from(population.profile().radius_m(), random);
            double begin = Float.isNaN(roster.arrivesAt[person]) ? now : roster.arrivesAt[person];
            roster.startAt[person] = (float) (begin + Draw.from(population.preMovement_s(), random));
            spots.add(k < places.size() ? places.get(k) : null);
        }
        group(roster, population.grouping(), first, count, random);
    }

    private final List<Placing> placings = new ArrayList<>();

    private Placing placing() {
        if (placings.isEmpty()) {
            placings.add(new Placing(ground, problems));
        }
        return placings.getFirst();
    }

    private List<Placing.Spot> places(
            Population population, int count, SplittableRandom random, double now, Roster roster, int first) {
        return switch (population.placement()) {
            case Placement.Within within ->
                placing().spread(population.id(), count, within.level(), within.area(), random);
            case Placement.At at -> placing().exactly(population.id(), at.spots());
            case Placement.Arriving arriving -> {
                double span = arriving.until_s() - arriving.from_s();
                for (int k = 0; k < count; k++) {
                    roster.arrivesAt[first + k] =
                            (float) (Math.max(now, arriving.from_s()) + span * (k + random.nextDouble()) / count);
                }
                yield List.of();
            }
        };
    }

    /** Neighbours in the list need not be neighbours on the ground: groups are made of people who stand close. */
    private void group(Roster roster, Grouping grouping, int first, int count, SplittableRandom random) {
        if (!(grouping.share() > 0) || count < 2) {
            return;
        }
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            order.add(first + k);
        }
        order.sort(Comparator.comparingLong(this::place));
        int at = 0;
        while (at < count) {
            int size = Math.max(2, (int) Math.round(Draw.from(grouping.size(), random)));
            boolean grouped = random.nextDouble() < grouping.share();
            int end = Math.min(count, at + (grouped ? size : 1));
            if (grouped && end - at >= 2) {
                together(roster, order.subList(at, end), (float) grouping.cohesion_m());
            }
            at = end;
        }
    }

    /** Along a curve that fills the plane: strips of two metres, there and back. */
    private long place(int person) {
        Placing.Spot spot = spots.get(person - firstSpot);
        if (spot == null) {
            return person;
        }
        long strip = (long) Math.floor(spot.y() / 2);
        long along = (long) (spot.x() * 1000);
        return (strip << 34) + ((strip & 1) == 0 ? along : -along);
    }

    private int firstSpot;

    /** Says that spots begin with those of the person of this number. */
    void from(int firstPerson) {
        firstSpot = firstPerson;
    }

    private void together(Roster roster, List<Integer> members, float cohesion_m) {
        int group = cohesion.size();
        cohesion.add(cohesion_m);
        float speed = Float.POSITIVE_INFINITY;
        float start = 0;
        for (int member : members) {
            speed = Math.min(speed, roster.freeSpeed[member]);
            start = Math.max(start, roster.startAt[member]);
        }
        float temper = roster.temper[members.getFirst()];
        for (int member : members) {
            roster.freeSpeed[member] = speed;
            roster.startAt[member] = start;
            // One mind: they make for the same exit.
            roster.temper[member] = temper;
            roster.group[member] = group;
        }
    }
}
