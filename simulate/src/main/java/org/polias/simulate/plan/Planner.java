// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.polias.simulate.api.Frame;
import org.polias.simulate.api.Ground;
import org.polias.simulate.api.Opening;
import org.polias.simulate.api.Population;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.hazard.Hazard;
import org.polias.simulate.hazard.HazardField;
import org.polias.simulate.network.Floor;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.Passage;
import org.polias.simulate.plan.PlanReport.Assessment;
import org.polias.simulate.plan.PlanReport.Model;

/**
 * Proposes plans for a situation, tries them and compares them.
 *
 * <p>All plans race in the queue model on the same crowds (common random numbers), in rounds; after each, those are given up that are
 * worse than the best beyond chance. The best that are left, and what people would do by themselves, are then walked in the microscopic
 * model as far as the budget goes; whose times count wherever there are any.
 */
public final class Planner {

    private static final double HORIZON_S = 4 * 3600;
    /** Student's t for a one-sided 97.5 %, about, for as many replications as a race has. */
    private static final double CONFIDENCE = 2.3;

    private final Situation situation;
    private final Network network;
    private final Optional<Ground> walking;
    private final PlanSettings settings;
    private final Workers workers;
    private final HazardField field;
    private final List<Population> sectors;
    private final Sample.Ground ground;
    private final List<String> remarks = new ArrayList<>();
    private final Capacities mean;
    private final Capacities most;

    private Planner(
            Situation situation, Network network, Optional<Ground> walking, PlanSettings settings, Workers workers) {
        this.situation = situation;
        this.network = network;
        this.walking = walking;
        this.settings = settings;
        this.workers = workers;
        this.field = situation.field();
        this.sectors = Sectors.split(situation.people(), network);
        this.ground = Sample.Ground.of(network, sectors);
        Calibration.Flow flow = Calibration.measure(workers);
        this.mean = Capacities.mean(flow);
        this.most = Capacities.bound(flow);
    }

    /**
     * Plans.
     *
     * @param network of the situation's scene
     * @param walking the same scene for the microscopic model; without it only the queue model is used
     */
    public static PlanReport plan(
            Situation situation, Network network, Optional<Ground> walking, PlanSettings settings, Workers workers) {
        return new Planner(situation, network, walking, settings, workers).run();
    }

    /**
     * Plans anew while people are walking: from where they are now, without what is lost, and with the hazards as they are known now.
     * Only the queue model is asked: the answer is needed in seconds.
     *
     * @param situation as it was planned for
     * @param network of its scene
     * @param now where everybody is
     * @param lost doors and exits that can no longer be used
     * @param hazards in place of the situation's; their times count from now
     */
    public static PlanReport replan(
            Situation situation, Network network, Frame now, Set<String> lost, List<Hazard> hazards, Workers workers) {
        return plan(
                situation.at(now).withHazards(hazards),
                network.closing(lost),
                Optional.empty(),
                PlanSettings.QUICK,
                workers);
    }

    private PlanReport run() {
        remarks.addAll(network.remarks());
        Opening[] openings = Optimum.openings(network);
        double bound = Optimum.bound_s(network, ground, most, withGates(openings), HORIZON_S);
        int people = 0;
        for (int i = 0; i < sectors.size(); i++) {
            if (Sample.leaves(sectors.get(i))) {
                people += sectors.get(i).count();
                if (ground.spots().get(i).isEmpty() && sectors.get(i).count() > 0) {
                    remarks.add("The people %s stand where there is no ground."
                            .formatted(sectors.get(i).id()));
                }
            }
        }
        if (Double.isInfinite(bound)) {
            remarks.add("Not everybody can get out: part of the ground has no way to an open exit.");
        }
        double until = Math.clamp(Double.isFinite(bound) ? 6 * bound + 300 : 3600, 300, situation.until_s());
        Opening[] safe = field.isNone() ? openings : without(openings, until);
        OptionalDouble safeBound = field.isNone()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Optimum.bound_s(network, ground, most, withGates(safe), HORIZON_S));
        Optional<ExposureMap> exposures =
                field.isNone() ? Optional.empty() : Optional.of(ExposureMap.of(field, bounds(), until));
        QueueModel model = new QueueModel(network, mean, exposures, until);
        Trial trial = new Trial(network, ground, model, blocked(safe, openings, bound), situation.seed());
        List<Plan> plans = new Candidates(
                        trial, situation.operable(), endangered(), gates -> shares(gates, safe, bound))
                .propose(workers);
        return assess(plans, trial, people, bound, safeBound, until);
    }

    /** For a bound, gates that can be opened are open. */
    private Opening[] withGates(Opening[] openings) {
        Opening[] open = openings.clone();
        for (int p = 0; p < open.length; p++) {
            if (situation.operable().contains(network.passages().get(p).id())) {
                open[p] = Opening.ALWAYS;
            }
        }
        return open;
    }

    /** When passages are open and out of the no-go areas. */
    private Opening[] without(Opening[] openings, double until_s) {
        Opening[] safe = new Opening[openings.length];
        double interval = Math.max(5, until_s / 200);
        for (int p = 0; p < safe.length; p++) {
            Passage passage = network.passages().get(p);
            List<Double> changes = new ArrayList<>();
            boolean initially = isSafe(passage, openings[p], 0);
            boolean now = initially;
            for (double t = interval; t <= until_s; t += interval) {
                if (isSafe(passage, openings[p], t) != now) {
                    now = !now;
                    changes.add(t);
                }
            }
            safe[p] = new Opening(initially, changes);
        }
        return safe;
    }

    private boolean isSafe(Passage passage, Opening opening, double t_s) {
        return opening.isOpen(t_s)
                && !field.isNoGo(passage.at().x_m(), passage.at().y_m(), t_s);
    }

    /** The passages that are not safe at some time while people would pass. Those that all would need stay. */
    private boolean[] blocked(Opening[] safe, Opening[] openings, double bound) {
        boolean[] blocked = new boolean[safe.length];
        double while_s = Double.isFinite(bound) ? 1.3 * bound : 600;
        for (int p = 0; p < blocked.length; p++) {
            for (double t = 0; t <= while_s; t += 10) {
                blocked[p] |= openings[p].isOpen(t) && !safe[p].isOpen(t);
            }
        }
        return blocked;
    }

    /** Exits in or near the hazards, the most endangered first. */
    private List<Integer> endangered() {
        if (field.isNone()) {
            return List.of();
        }
        Map<Integer, Double> danger = new LinkedHashMap<>();
        for (Passage passage : network.passages()) {
            if (passage.exit() >= 0) {
                double sum = 0;
                double nearest = 1e-9;
                for (double t = 0; t <= 600; t += 30) {
                    sum += field.exposureRate(passage.at().x_m(), passage.at().y_m(), t);
                    for (var hazard : field.hazards()) {
                        var area = hazard.noGo(t);
                        if (!area.isEmpty()) {
                            nearest = Math.max(
                                    nearest,
                                    1
                                            / (1
                                                    + area.getEnvelopeInternal()
                                                            .distance(new Envelope(new Coordinate(
                                                                    passage.at().x_m(),
                                                                    passage.at().y_m())))));
                        }
                    }
                }
                danger.merge(passage.exit(), 1000 * sum + nearest, Double::max);
            }
        }
        return danger.keySet().stream()
                .sorted(Comparator.<Integer>comparingDouble(e -> -danger.get(e)).thenComparingInt(e -> e))
                .toList();
    }

    private Map<Integer, Map<Integer, Double>> shares(Plan gates, Opening[] safe, double bound) {
        Opening[] openings = safe.clone();
        for (int p = 0; p < openings.length; p++) {
            String id = network.passages().get(p).id();
            if (gates.closed().contains(id)) {
                openings[p] = Opening.NEVER;
            } else if (gates.open().contains(id)) {
                openings[p] = Opening.ALWAYS;
            }
        }
        Optimum optimum = new Optimum(network, ground, mean, false, openings);
        OptionalDouble quickest = optimum.quickest_s(HORIZON_S);
        return quickest.isEmpty() ? Map.of() : optimum.shares(Math.max(quickest.getAsDouble(), bound));
    }

    private Envelope bounds() {
        Envelope bounds = new Envelope();
        situation.scene().levels().forEach(level -> level.walkable()
                .forEach(area -> bounds.expandToInclude(Floor.toGeometry(area).getEnvelopeInternal())));
        return bounds;
    }

    // The race

    private PlanReport assess(
            List<Plan> plans, Trial trial, int people, double bound, OptionalDouble safeBound, double until) {
        int n = plans.size();
        List<List<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            outcomes.add(new ArrayList<>());
        }
        boolean[] isGivenUp = new boolean[n];
        for (int round = 0; round < settings.rounds(); round++) {
            race(plans, trial, outcomes, isGivenUp, round);
            giveUp(outcomes, isGivenUp, people);
        }
        Assessment[] assessed = new Assessment[n];
        workers.forEach(n, i -> assessed[i] = assessment(plans.get(i), trial, outcomes.get(i), isGivenUp[i], people));
        List<Assessment> ranked = new ArrayList<>(Arrays.asList(assessed));
        ranked.sort(Comparator.comparing(Assessment::isGivenUp)
                .thenComparingDouble(Assessment::cost_s)
                .thenComparing(each -> each.plan().name()));
        OptionalDouble ratio = OptionalDouble.empty();
        if (walking.isPresent() && people > 0) {
            ratio = walk(ranked, people, until);
        }
        return new PlanReport(people, bound, safeBound, sectors, ranked, ratio, remarks);
    }

    private void race(List<Plan> plans, Trial trial, List<List<Outcome>> outcomes, boolean[] isGivenUp, int round) {
        int per = settings.perRound();
        int first = round * per;
        for (int r = first; r < first + per; r++) {
            trial.sample(r);
        }
        List<int[]> runs = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            for (int r = first; !isGivenUp[i] && r < first + per; r++) {
                runs.add(new int[] {i, r});
            }
        }
        Outcome[] results = new Outcome[runs.size()];
        workers.forEach(results.length, k -> results[k] = trial.run(plans.get(runs.get(k)[0]), runs.get(k)[1]));
        for (int k = 0; k < results.length; k++) {
            outcomes.get(runs.get(k)[0]).add(results[k]);
        }
    }

    /** A plan is given up when the differences to the best, crowd by crowd, are above zero beyond chance. */
    private void giveUp(List<List<Outcome>> outcomes, boolean[] isGivenUp, int people) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < isGivenUp.length; i++) {
            if (!isGivenUp[i]) {
                double mean = outcomes.get(i).stream()
                        .mapToDouble(each -> cost_s(each, people))
                        .average()
                        .orElse(0);
                if (mean < least) {
                    least = mean;
                    best = i;
                }
            }
        }
        for (int i = 0; i < isGivenUp.length; i++) {
            // What people would do by themselves stays: all is compared with it.
            if (i == best || isGivenUp[i] || i == 0) {
                continue;
            }
            List<Double> worse = new ArrayList<>();
            for (int r = 0; r < outcomes.get(i).size(); r++) {
                worse.add(cost_s(outcomes.get(i).get(r), people)
                        - cost_s(outcomes.get(best).get(r), people));
            }
            double mean = worse.stream().mapToDouble(each -> each).average().orElse(0);
            isGivenUp[i] = mean > CONFIDENCE * Interval.deviation(worse) / Math.sqrt(worse.size());
        }
    }

    /** Half the time to 95 % and half the time to all; who does not get out or is harmed adds to it. */
    private double cost_s(Outcome outcome, int people) {
        return cost_s(outcome.time_s(0.95), outcome.time_s(1), outcome.exposure(), outcome.leaving_s(), people);
    }

    private double cost_s(double t95, double t100, double exposure, double[] leaving, int people) {
        long stuck =
                leaving.length - Arrays.stream(leaving).filter(Double::isFinite).count();
        double horizon = 4 * 3600;
        double time = (Math.min(t95, horizon) + Math.min(t100, horizon)) / 2;
        return time + settings.harm_s() * (exposure + 10 * stuck);
    }

    private Assessment assessment(Plan plan, Trial trial, List<Outcome> outcomes, boolean isGivenUp, int people) {
        Outcome first = outcomes.getFirst();
        OptionalDouble more = OptionalDouble.empty();
        OptionalDouble fewer = OptionalDouble.empty();
        OptionalDouble lost = OptionalDouble.empty();
        int busiest = Candidates.busiest(first);
        if (!isGivenUp) {
            more = OptionalDouble.of(trial.run(plan, 0, 1.2).time_s(0.95));
            fewer = OptionalDouble.of(trial.run(plan, 0, 0.8).time_s(0.95));
            QueueModel.Loss loss = new QueueModel.Loss(busiest, first.time_s(0.5) / 2);
            lost = OptionalDouble.of(
                    trial.run(plan, trial.sample(0), Optional.of(loss)).time_s(0.95));
        }
        return new Assessment(
                plan,
                interval(outcomes, 0.5),
                interval(outcomes, 0.95),
                interval(outcomes, 1),
                outcomes.stream()
                        .mapToDouble(each -> each.leaving_s().length
                                - Arrays.stream(each.leaving_s())
                                        .filter(Double::isFinite)
                                        .count())
                        .average()
                        .orElse(0),
                outcomes.stream().mapToDouble(Outcome::exposure).average().orElse(0),
                outcomes.stream().mapToDouble(Outcome::harmed).average().orElse(0),
                outcomes.stream().mapToDouble(Outcome::longestQueue).average().orElse(0),
                QueueModel.name(network, first.worstPassage()),
                OptionalDouble.empty(),
                outcomes.stream().mapToDouble(Outcome::slow95_s).average().orElse(0),
                more,
                fewer,
                lost,
                situation.scene().exits().isEmpty()
                        ? ""
                        : situation.scene().exits().get(busiest).id(),
                outcomes.stream()
                        .mapToDouble(each -> cost_s(each, people))
                        .average()
                        .orElse(0),
                outcomes.size(),
                isGivenUp,
                Model.QUEUES);
    }

    private static Interval interval(List<Outcome> outcomes, double share) {
        return Interval.of(outcomes.stream().map(each -> each.time_s(share)).toList());
    }

    // The finalists

    /** Walks the best plans and the nearest exits as far as the budget goes; returns how much longer walking takes than queueing. */
    private OptionalDouble walk(List<Assessment> ranked, int people, double until) {
        double budget = settings.walkingBudget();
        List<Integer> finalists = new ArrayList<>();
        int nearest = -1;
        for (int i = 0; i < ranked.size(); i++) {
            if (ranked.get(i).plan().name().equals(Candidates.NEAREST)) {
                nearest = i;
            }
        }
        List<Integer> order = new ArrayList<>(List.of(0));
        if (nearest > 0) {
            order.add(nearest);
        }
        for (int i = 1; i < ranked.size(); i++) {
            if (i != nearest && !ranked.get(i).isGivenUp()) {
                order.add(i);
            }
        }
        for (int i : order) {
            // People leave evenly, about: half of all are there on the average.
            double work = people * Math.min(until, ranked.get(i).t100_s().mean()) * 0.6;
            if (work > budget) {
                break;
            }
            budget -= work;
            finalists.add(i);
        }
        if (finalists.isEmpty()) {
            remarks.add("No plan was walked in the microscopic model: it would have taken more than the budget.");
            return OptionalDouble.empty();
        }
        Walk walk = new Walk(situation, walking.get(), sectors, field, until);
        Walk.Course[] courses = new Walk.Course[finalists.size()];
        boolean isParallelInside = finalists.size() == 1;
        if (isParallelInside) {
            courses[0] = walk.run(ranked.get(finalists.getFirst()).plan(), workers);
        } else {
            workers.forEach(
                    courses.length,
                    k -> courses[k] = walk.run(ranked.get(finalists.get(k)).plan(), Workers.SEQUENTIAL));
        }
        double logRatio = 0;
        int compared = 0;
        List<Assessment> walked = new ArrayList<>();
        for (int k = 0; k < courses.length; k++) {
            Assessment coarse = ranked.get(finalists.get(k));
            if (Double.isFinite(courses[k].t95_s())
                    && Double.isFinite(coarse.t95_s().mean())
                    && coarse.t95_s().mean() > 0) {
                logRatio += StrictMath.log(courses[k].t95_s() / coarse.t95_s().mean());
                compared++;
            }
            walked.add(refined(coarse, courses[k]));
        }
        double ratio = compared == 0 ? 1 : StrictMath.exp(logRatio / compared);
        ranked.removeAll(finalists.stream().map(ranked::get).toList());
        ranked.replaceAll(each -> scaled(each, ratio));
        walked.sort(Comparator.comparingDouble(Assessment::cost_s)
                .thenComparing(each -> each.plan().name()));
        ranked.addAll(0, walked);
        return compared == 0 ? OptionalDouble.empty() : OptionalDouble.of(ratio);
    }

    /** Times of the queue model as those of walking, by what the finalists took longer. */
    private static Assessment scaled(Assessment each, double by) {
        return new Assessment(
                each.plan(),
                each.t50_s().times(by),
                each.t95_s().times(by),
                each.t100_s().times(by),
                each.stuck(),
                each.exposure(),
                each.harmed(),
                each.longestQueue(),
                each.worstPassage(),
                each.crowded_person_s(),
                each.slow95_s() * by,
                times(each.more95_s(), by),
                times(each.fewer95_s(), by),
                times(each.lost95_s(), by),
                each.lostExit(),
                each.cost_s() * by,
                each.tried(),
                each.isGivenUp(),
                each.model());
    }

    private static OptionalDouble times(OptionalDouble value, double by) {
        return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * by) : value;
    }

    private Assessment refined(Assessment coarse, Walk.Course course) {
        double ratio = course.t95_s() / coarse.t95_s().mean();
        ratio = Double.isFinite(ratio) && ratio > 0 ? ratio : 1;
        double spread50 = spread(coarse.t50_s(), coarse.tried());
        double spread95 = spread(coarse.t95_s(), coarse.tried());
        double spread100 = spread(coarse.t100_s(), coarse.tried());
        return new Assessment(
                coarse.plan(),
                Interval.around(course.t50_s(), spread50),
                Interval.around(course.t95_s(), spread95),
                Interval.around(course.t100_s(), spread100),
                course.stuck(),
                course.exposure(),
                course.harmed(),
                coarse.longestQueue(),
                coarse.worstPassage(),
                OptionalDouble.of(course.crowded_person_s()),
                course.slow95_s(),
                times(coarse.more95_s(), ratio),
                times(coarse.fewer95_s(), ratio),
                times(coarse.lost95_s(), ratio),
                coarse.lostExit(),
                (Math.min(course.t95_s(), 14400) + Math.min(course.t100_s(), 14400)) / 2
                        + settings.harm_s() * (course.exposure() + 10 * course.stuck()),
                coarse.tried(),
                coarse.isGivenUp(),
                Model.WALKING);
    }

    /** The deviation from one crowd to another, back from the interval of the mean of {@code n}. */
    private static double spread(Interval interval, int n) {
        double half = (interval.high() - interval.low()) / 2;
        return n < 2 || !Double.isFinite(half) ? 0 : half / 2.1 * Math.sqrt(n);
    }
}
