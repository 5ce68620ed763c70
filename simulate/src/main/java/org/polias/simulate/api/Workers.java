// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.function.IntConsumer;

/**
 * Runs tasks, perhaps at once. The engine has no threads; whoever starts it has. Results do not depend on how many there are.
 */
@FunctionalInterface
public interface Workers {

    /** One task after another, by the caller. */
    Workers SEQUENTIAL = (tasks, task) -> {
        for (int i = 0; i < tasks; i++) {
            task.accept(i);
        }
    };

    /**
     * Runs {@code task} for 0 to {@code tasks} - 1, in any order, each once; returns when all are done and their effects are
     * seen. If one throws, the others may not be run, and it throws the same.
     */
    void forEach(int tasks, IntConsumer task);
}
