// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.Arrays;

/** What is known of each person by number, and is seldom asked for. */
final class Roster {

    final int size;
    /** The index of the population. */
    final short[] population;

    /** A number drawn for each, uniform in [0, 1[: what it is like where nothing else says so. */
    final float[] temper;

    final float[] freeSpeed;
    final float[] radius;
    final float[] startAt;
    /** When and where one comes in; NaN: is there from the beginning. */
    final float[] arrivesAt;
    /** The group; -1: alone. */
    final int[] group;

    final float[] leftAt;
    final short[] exit;
    final float[] dose;
    final float[] walked;
    final boolean[] isDown;

    Roster(int size) {
        this.size = size;
        population = new short[size];
        temper = new float[size];
        freeSpeed = new float[size];
        radius = new float[size];
        startAt = new float[size];
        arrivesAt = new float[size];
        group = new int[size];
        leftAt = new float[size];
        exit = new short[size];
        dose = new float[size];
        walked = new float[size];
        isDown = new boolean[size];
        Arrays.fill(arrivesAt, Float.NaN);
        Arrays.fill(group, -1);
        Arrays.fill(leftAt, Float.NaN);
        Arrays.fill(exit, (short) -1);
    }

    /** A copy with room for more people after those that there are. */
    Roster grown(int newSize) {
        Roster copy = new Roster(newSize);
        System.arraycopy(population, 0, copy.population, 0, size);
        System.arraycopy(temper, 0, copy.temper, 0, size);
        System.arraycopy(freeSpeed, 0, copy.freeSpeed, 0, size);
        System.arraycopy(radius, 0, copy.radius, 0, size);
        System.arraycopy(startAt, 0, copy.startAt, 0, size);
        System.arraycopy(arrivesAt, 0, copy.arrivesAt, 0, size);
        System.arraycopy(group, 0, copy.group, 0, size);
        System.arraycopy(leftAt, 0, copy.leftAt, 0, size);
        System.arraycopy(exit, 0, copy.exit, 0, size);
        System.arraycopy(dose, 0, copy.dose, 0, size);
        System.arraycopy(walked, 0, copy.walked, 0, size);
        System.arraycopy(isDown, 0, copy.isDown, 0, size);
        return copy;
    }
}
