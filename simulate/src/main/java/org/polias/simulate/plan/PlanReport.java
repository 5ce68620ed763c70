// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.polias.simulate.api.Population;

/**
 * What planning came to.
 *
 * @param people how many are to get out
 * @param bound_s T*: no plan has all out earlier, whatever people do and whatever threatens them; infinite if some cannot get out at all
 * @param safeBound_s the same with everybody kept out of the no-go areas; infinite if that is not possible, none where there is no hazard
 * @param sectors the parts of the crowd that plans tell what to do
 * @param plans best first; those that were given up early last
 * @param modelRatio how much longer the walking model takes than the queue model, from the plans that were tried in both; the times of
 *     the others are multiplied by it
 * @param remarks what the reader should know, sentences
 */
public record PlanReport(
        int people,
        double bound_s,
        OptionalDouble safeBound_s,
        List<Population> sectors,
        List<Assessment> plans,
        OptionalDouble modelRatio,
        List<String> remarks) {

    public PlanReport {
        sectors = List.copyOf(sectors);
        plans = List.copyOf(plans);
        remarks = List.copyOf(remarks);
    }

    /** The plan that is proposed. */
    public Assessment chosen() {
        return plans.getFirst();
    }

    public Optional<Assessment> find(String name) {
        return plans.stream().filter(each -> each.plan().name().equals(name)).findFirst();
    }

    /** The model that gave a plan's times. */
    public enum Model {
        /** Queues at passages, many times over. */
        QUEUES,
        /** Everybody walks step by step. */
        WALKING
    }

    /**
     * How good a plan is.
     *
     * @param t50_s when half are out
     * @param t95_s when 95 % are out
     * @param t100_s when all are out
     * @param stuck how many do not get out, on the average
     * @param exposure the sum of everybody's exposure to the hazards, in units of serious harm
     * @param harmed how many gather a whole unit
     * @param longestQueue the most who wait at one passage
     * @param worstPassage which passage
     * @param crowded_person_s person-seconds above 5 per square metre; only the walking model tells
     * @param slow95_s when 95 % of the slowest tenth are out
     * @param more95_s as t95 with a fifth more people
     * @param fewer95_s as t95 with a fifth fewer
     * @param lost95_s as t95 when the busiest exit is lost half-way to t50
     * @param lostExit that exit
     * @param tried how often it was tried in the queue model
     * @param isGivenUp whether it was clearly worse than another, and tried no further
     * @param model what the times are from
     */
    public record Assessment(
            Plan plan,
            Interval t50_s,
            Interval t95_s,
            Interval t100_s,
            double stuck,
            double exposure,
            double harmed,
            double longestQueue,
            String worstPassage,
            OptionalDouble crowded_person_s,
            double slow95_s,
            OptionalDouble more95_s,
            OptionalDouble fewer95_s,
            OptionalDouble lost95_s,
            String lostExit,
            double cost_s,
            int tried,
            boolean isGivenUp,
            Model model) {

        /** How much longer than T* it takes to have all out, as a part of T*. */
        public double gap(double bound_s) {
            return bound_s > 0 ? t100_s.mean() / bound_s - 1 : 0;
        }
    }
}
