// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

/**
 * How much is computed. Nothing here is a time limit: the same settings give the same plans on every machine.
 *
 * @param rounds of how many replications each the race of plans has
 * @param perRound replications of each plan in a round
 * @param walkingBudget how many agent-seconds the walking model may take; as many of the best plans are tried in it as fit
 * @param harm_s one person's serious harm weighs as so many seconds of the evacuation's time
 */
public record PlanSettings(int rounds, int perRound, double walkingBudget, double harm_s) {

    /** For planning at leisure: some seconds for ten thousand people. */
    public static final PlanSettings DEFAULT = new PlanSettings(4, 5, 6e6, 1);

    /** For planning anew while people are walking. */
    public static final PlanSettings QUICK = new PlanSettings(2, 3, 0, 1);

    /** @throws IllegalArgumentException if there is nothing to do */
    public PlanSettings {
        if (rounds < 1 || perRound < 2 || !(walkingBudget >= 0) || !(harm_s >= 0)) {
            throw new IllegalArgumentException(
                    "%d rounds of %d replications compare nothing.".formatted(rounds, perRound));
        }
    }

    public PlanSettings walking(double newBudget) {
        return new PlanSettings(rounds, perRound, newBudget, harm_s);
    }
}
