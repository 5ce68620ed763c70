// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.plan;

import java.util.List;
import java.util.Optional;

import org.polias.simulate.api.RouteChoice;

/**
 * A way to get people out.
 *
 * @param name a short name for it, unique among the plans that are compared
 * @param idea what it does, a sentence
 * @param instructions what each part of the crowd is told; one for each
 * @param open doors and exits that are opened
 * @param closed doors, exits and streets that are closed
 */
public record Plan(String name, String idea, List<Instruction> instructions, List<String> open, List<String> closed) {

    public Plan {
        instructions = List.copyOf(instructions);
        open = List.copyOf(open);
        closed = List.copyOf(closed);
    }

    /**
     * What a part of the crowd is told.
     *
     * @param sector id of the population
     * @param route to which exits
     * @param delay_s how long it is held back
     */
    public record Instruction(String sector, RouteChoice route, double delay_s) {}

    /** What a population is told. */
    public Optional<Instruction> find(String sector) {
        return instructions.stream()
                .filter(each -> each.sector().equals(sector))
                .findFirst();
    }
}
