// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/**
 * People as arrays, a slot a person, ordered by the cell they are in. The arrays named {@code next...} take what a step makes of
 * them; sorting brings that, and what does not change, into the other of two such stores.
 */
final class People {

    /** Not on the ground yet, or no more. */
    static final byte ABSENT = 0;
    /** Has not moved off yet. */
    static final byte WAITING = 1;

    static final byte WALKING = 2;
    static final byte FLEEING = 3;
    static final byte ARRIVED = 4;
    static final byte DOWN = 5;

    final int capacity;
    final float[] x;
    final float[] y;
    final float[] vx;
    final float[] vy;
    final float[] radius;
    /** The distance still to go. */
    final float[] remaining;
    /** The index of the field that is followed; -1: none. */
    final int[] field;

    final float[] freeSpeed;
    final float[] timeGap;
    final byte[] state;
    final short[] surface;
    final int[] person;

    final float[] nextX;
    final float[] nextY;
    final float[] nextVx;
    final float[] nextVy;
    final float[] nextRemaining;
    final byte[] nextState;
    final short[] nextSurface;
    final int[] nextCell;

    People(int capacity) {
        this.capacity = capacity;
        x = new float[capacity];
        y = new float[capacity];
        vx = new float[capacity];
        vy = new float[capacity];
        radius = new float[capacity];
        remaining = new float[capacity];
        field = new int[capacity];
        freeSpeed = new float[capacity];
        timeGap = new float[capacity];
        state = new byte[capacity];
        surface = new short[capacity];
        person = new int[capacity];
        nextX = new float[capacity];
        nextY = new float[capacity];
        nextVx = new float[capacity];
        nextVy = new float[capacity];
        nextRemaining = new float[capacity];
        nextState = new byte[capacity];
        nextSurface = new short[capacity];
        nextCell = new int[capacity];
    }

    /** Takes slots from to to - 1 from {@code other} as its step left them, in the given order. */
    void take(People other, int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            int j = order[i];
            x[i] = other.nextX[j];
            y[i] = other.nextY[j];
            vx[i] = other.nextVx[j];
            vy[i] = other.nextVy[j];
            radius[i] = other.radius[j];
            remaining[i] = other.nextRemaining[j];
            field[i] = other.field[j];
            freeSpeed[i] = other.freeSpeed[j];
            timeGap[i] = other.timeGap[j];
            state[i] = other.nextState[j];
            surface[i] = other.nextSurface[j];
            person[i] = other.person[j];
        }
    }
}
