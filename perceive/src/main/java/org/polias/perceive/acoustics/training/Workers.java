// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.function.IntConsumer;

/** Does independent pieces of work, at once if it can; what comes of them does not depend on it. */
@FunctionalInterface
public interface Workers {

    /** One after the other. */
    Workers ALONE = (count, task) -> {
        for (int i = 0; i < count; i++) {
            task.accept(i);
        }
    };

    /** Calls {@code task} with 0 to {@code count} - 1, and returns when all are done. */
    void each(int count, IntConsumer task);
}
