// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.Arrays;

import org.polias.simulate.api.Result.Passages;

/** Notes when somebody passes a line. */
final class Counter {

    private float[] forward = new float[16];
    private float[] backward = new float[16];
    private int forwards;
    private int backwards;

    void pass(float time_s, int sense) {
        if (sense > 0) {
            forward = forwards == forward.length ? Arrays.copyOf(forward, 2 * forwards) : forward;
            forward[forwards++] = time_s;
        } else {
            backward = backwards == backward.length ? Arrays.copyOf(backward, 2 * backwards) : backward;
            backward[backwards++] = time_s;
        }
    }

    int total() {
        return forwards + backwards;
    }

    /** How many passed since a time. */
    int since(float time_s) {
        int count = 0;
        for (int i = forwards - 1; i >= 0 && forward[i] >= time_s; i--) {
            count++;
        }
        for (int i = backwards - 1; i >= 0 && backward[i] >= time_s; i--) {
            count++;
        }
        return count;
    }

    Passages passages(String id) {
        float[] there = Arrays.copyOf(forward, forwards);
        float[] back = Arrays.copyOf(backward, backwards);
        // Within a step they come in no order.
        Arrays.sort(there);
        Arrays.sort(back);
        return new Passages(id, there, back);
    }

    Counter copy() {
        Counter copy = new Counter();
        copy.forward = forward.clone();
        copy.backward = backward.clone();
        copy.forwards = forwards;
        copy.backwards = backwards;
        return copy;
    }
}
