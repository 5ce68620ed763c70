// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.time.Duration;
import java.time.Instant;

import org.polias.model.detection.Detection;
import org.polias.model.event.Step;

/**
 * Watches over the bank itself: it detects nothing but knows until when the platform listened, so that a time in which it was
 * stopped is not taken for the silence of all sensors.
 */
record ListeningDetector(String subject) implements Detector<ListeningDetector.State> {

    /** A tick comes every second: a longer pause than this means that nobody listened. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);

    /** How finely it remembers: a state for each second, not one for each reading. */
    private static final int GRAIN_S = 1;

    /** @param until when the last signal but those of the same second came, if there was one */
    record State(boolean listened, Instant until) {}

    @Override
    public String name() {
        return "listening";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State initial() {
        return new State(false, Instant.EPOCH);
    }

    @Override
    public Step<State, Detection> on(State state, Signal signal) {
        Instant at = signal.knownAt();
        return state.listened && Measured.seconds(state.until, at) < GRAIN_S
                ? Step.silent(state)
                : Step.silent(new State(true, at));
    }

    /** Whether nobody listened between the two states. */
    static boolean wasDeaf(State before, State after) {
        return before.listened && Measured.seconds(before.until, after.until) > LONGEST_PAUSE.toSeconds();
    }
}
