// SPDX-License-Identifier: Apache-2.0
package org.polias.model.event;

import java.util.List;

/**
 * The result of a pure fold's step: the next state and what came out. Everything that decides is a function from state and event
 * to one of these, with no clock, random number, thread or I/O inside.
 */
public record Step<S, O>(S state, List<O> outputs) {

    public Step {
        outputs = List.copyOf(outputs);
    }

    /** A step from which nothing comes out. */
    public static <S, O> Step<S, O> silent(S state) {
        return new Step<>(state, List.of());
    }
}
