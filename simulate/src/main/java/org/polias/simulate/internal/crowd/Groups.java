// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.Arrays;

/** Who belongs together keeps together: those ahead wait for the last. */
final class Groups {

    /** How slowly one goes on while waiting for the others, as part of the own speed. */
    private static final float WAITING_PACE = 0.2f;

    private final int count;
    private final float[] cohesion;
    private final float[] farthest;

    Groups(float[] cohesion) {
        this.cohesion = cohesion.clone();
        count = cohesion.length;
        farthest = new float[count];
    }

    boolean isEmpty() {
        return count == 0;
    }

    float[] cohesion() {
        return cohesion;
    }

    /** Takes note of who is last in each group. */
    void refresh(People p, int number, Roster roster) {
        Arrays.fill(farthest, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < number; i++) {
            int group = roster.group[p.person[i]];
            if (group >= 0 && (p.state[i] == People.WALKING || p.state[i] == People.FLEEING)) {
                farthest[group] = Math.max(farthest[group], p.remaining[i]);
            }
        }
    }

    /** The part of the own speed at which a member goes that has {@code remaining} still to go. */
    float pace(int group, float remaining) {
        return group >= 0 && farthest[group] < 1e6f && farthest[group] - remaining > cohesion[group] ? WAITING_PACE : 1;
    }
}
