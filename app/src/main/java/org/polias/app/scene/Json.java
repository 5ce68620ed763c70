// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.util.List;
import java.util.OptionalDouble;

import org.polias.simulate.api.DensityMap;
import org.polias.simulate.api.Problem;
import org.polias.simulate.api.Result;
import org.polias.simulate.api.RouteChoice;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.plan.Interval;
import org.polias.simulate.plan.Plan;
import org.polias.simulate.plan.PlanReport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the verbs print with {@code --json}; docs/evacuation.md explains the members. What is infinite is null. */
public final class Json {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** What a simulation came to. */
    public static ObjectNode of(Situation situation, Course course, List<Problem> problems, List<String> notes) {
        Result result = course.result();
        ObjectNode json = NODES.objectNode();
        json.put("name", situation.name());
        json.put("people", result.people());
        json.put("evacuated", result.evacuated());
        json.put("hurt", result.hurt());
        json.put("overcome", result.overcome());
        number(json, "t50_s", result.evacuation_s(0.5));
        number(json, "t95_s", result.evacuation_s(0.95));
        number(json, "t100_s", result.evacuation_s(1));
        number(json, "simulated_s", result.time_s());
        number(json, "wall_s", course.wall_s());
        number(json, "realtime_factor", result.time_s() / Math.max(1e-9, course.wall_s()));
        json.put("seed", situation.seed());
        if (course.exposure().length > 0) {
            double sum = 0;
            int harmed = 0;
            for (double each : course.exposure()) {
                sum += each;
                harmed += each >= 1 ? 1 : 0;
            }
            number(json, "exposure", sum);
            json.put("harmed", harmed);
        }
        double densest = 0;
        double crowded = 0;
        double pressure = 0;
        for (DensityMap map : result.maps()) {
            for (int i = 0; i < map.maxDensity_per_m2().length; i++) {
                densest = Math.max(densest, map.maxDensity_per_m2()[i]);
                pressure = Math.max(pressure, map.maxPressure_per_s2()[i]);
                crowded += map.crowded_s()[i] * map.cell_m() * map.cell_m();
            }
        }
        number(json, "max_density_per_m2", densest);
        number(json, "max_pressure_per_s2", pressure);
        number(json, "crowded_m2_s", crowded);
        json.set("exits", passages(result.exits()));
        json.set("doors", passages(result.doors()));
        json.set("cordons", passages(result.cordons()));
        ArrayNode found = json.putArray("problems");
        problems.forEach(each -> found.addObject()
                .put("kind", each.kind().name())
                .put("subject", each.subject())
                .put("text", each.text()));
        ArrayNode said = json.putArray("notes");
        notes.forEach(said::add);
        return json;
    }

    private static ArrayNode passages(List<Result.Passages> passages) {
        ArrayNode array = NODES.arrayNode();
        for (Result.Passages each : passages) {
            float[] all = each.all_s();
            ObjectNode json = array.addObject();
            json.put("id", each.id());
            json.put("people", all.length);
            number(json, "first_s", all.length == 0 ? Double.NaN : all[0]);
            number(json, "last_s", all.length == 0 ? Double.NaN : all[all.length - 1]);
            number(json, "flow_per_s", each.flow_per_s(0.1, 0.9));
        }
        return array;
    }

    /** What planning came to. */
    public static ObjectNode of(Situation situation, PlanReport report, List<String> notes, double plannedIn_s) {
        ObjectNode json = NODES.objectNode();
        json.put("name", situation.name());
        json.put("people", report.people());
        number(json, "bound_s", report.bound_s());
        if (report.safeBound_s().isPresent()) {
            number(json, "safe_bound_s", report.safeBound_s().getAsDouble());
        }
        json.put("chosen", report.chosen().plan().name());
        number(json, "planned_in_s", plannedIn_s);
        json.put("seed", situation.seed());
        if (report.modelRatio().isPresent()) {
            number(json, "model_ratio", report.modelRatio().getAsDouble());
        }
        ArrayNode plans = json.putArray("plans");
        report.plans().forEach(each -> plans.add(plan(each, report.bound_s())));
        ArrayNode remarks = json.putArray("notes");
        notes.forEach(remarks::add);
        report.remarks().forEach(remarks::add);
        return json;
    }

    private static ObjectNode plan(PlanReport.Assessment each, double bound_s) {
        ObjectNode json = NODES.objectNode();
        Plan plan = each.plan();
        json.put("name", plan.name());
        json.put("idea", plan.idea());
        number(json, "t50_s", each.t50_s().mean());
        number(json, "t95_s", each.t95_s().mean());
        number(json, "t100_s", each.t100_s().mean());
        json.set("interval", interval(each.t95_s()));
        ObjectNode intervals = json.putObject("intervals");
        intervals.set("t50_s", interval(each.t50_s()));
        intervals.set("t95_s", interval(each.t95_s()));
        intervals.set("t100_s", interval(each.t100_s()));
        number(json, "gap_to_bound", each.gap(bound_s));
        number(json, "exposure", each.exposure());
        number(json, "harmed", each.harmed());
        number(json, "stuck", each.stuck());
        number(json, "longest_queue", each.longestQueue());
        json.put("worst_passage", each.worstPassage());
        optional(json, "crowded_person_s", each.crowded_person_s());
        number(json, "slow_t95_s", each.slow95_s());
        number(
                json,
                "fairness",
                each.t95_s().mean() > 0 ? each.slow95_s() / each.t95_s().mean() : 1);
        optional(json, "more_people_t95_s", each.more95_s());
        optional(json, "fewer_people_t95_s", each.fewer95_s());
        optional(json, "lost_exit_t95_s", each.lost95_s());
        json.put("lost_exit", each.lostExit());
        number(json, "cost_s", each.cost_s());
        json.put("replications", each.tried());
        json.put("given_up", each.isGivenUp());
        json.put("model", each.model() == PlanReport.Model.WALKING ? "walking" : "queues");
        ArrayNode open = json.putArray("open");
        plan.open().forEach(open::add);
        ArrayNode closed = json.putArray("closed");
        plan.closed().forEach(closed::add);
        ArrayNode instructions = json.putArray("instructions");
        for (Plan.Instruction told : plan.instructions()) {
            ObjectNode one = instructions.addObject();
            one.put("sector", told.sector());
            number(one, "delay_s", told.delay_s());
            route(one, told.route());
        }
        return json;
    }

    /** As the scene format writes routes. */
    private static void route(ObjectNode json, RouteChoice route) {
        switch (route) {
            case RouteChoice.Nearest _ -> json.put("route", "nearest");
            case RouteChoice.Stay _ -> json.put("route", "stay");
            case RouteChoice.Signed(List<String> exits) -> {
                ArrayNode signed = json.putObject("route").putArray("signed");
                exits.forEach(signed::add);
            }
            case RouteChoice.Familiar(var weights) -> {
                ObjectNode by = json.putObject("route").putObject("familiar");
                weights.keySet().stream().sorted().forEach(exit -> by.put(exit, weights.get(exit)));
            }
            case RouteChoice.Assigned(var shares) -> {
                ObjectNode by = json.putObject("route").putObject("assigned");
                shares.keySet().stream().sorted().forEach(exit -> by.put(exit, shares.get(exit)));
            }
            case RouteChoice.CongestionAware(double informed, double review, RouteChoice others) -> {
                ObjectNode aware = json.putObject("route");
                aware.put("informed", informed);
                aware.put("review_s", review);
                ObjectNode rest = NODES.objectNode();
                route(rest, others);
                aware.set("others", rest.get("route"));
            }
            case RouteChoice.Toward(String level, var _) ->
                json.putObject("route").putObject("toward").put("level", level);
        }
    }

    private static ArrayNode interval(Interval interval) {
        ArrayNode array = NODES.arrayNode();
        for (double each : new double[] {interval.low(), interval.high()}) {
            if (Double.isFinite(each)) {
                array.add(rounded(each));
            } else {
                array.addNull();
            }
        }
        return array;
    }

    private static void optional(ObjectNode json, String name, OptionalDouble value) {
        if (value.isPresent()) {
            number(json, name, value.getAsDouble());
        }
    }

    private static void number(ObjectNode json, String name, double value) {
        if (Double.isFinite(value)) {
            json.put(name, rounded(value));
        } else {
            json.putNull(name);
        }
    }

    /** To a thousandth: more digits say nothing. */
    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }
}
