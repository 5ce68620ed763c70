// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/**
 * Where everybody is at a moment: arrays of equal length, one element a person who is on the ground. The arrays are the
 * receiver's own.
 *
 * @param person the person's number, which stays the same; those of a population follow each other in the scenario's order
 * @param level the index of the scene's level; on a stair, that of its foot
 * @param exit the index of the scene's exit that is sought; -1: none
 */
public record Frame(
        double time_s,
        int[] person,
        float[] x_m,
        float[] y_m,
        float[] speed_mps,
        int[] level,
        int[] exit,
        Condition[] condition) {

    /** What a person is doing. */
    public enum Condition {
        /** Has not moved off yet. */
        WAITING,
        WALKING,
        /** Runs from a threat. */
        FLEEING,
        /** Is where he was to go, and stays. */
        ARRIVED,
        /** Cannot move any more: hurt, or overcome by gas. */
        DOWN
    }

    public int count() {
        return person.length;
    }
}
