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
    /** The unit vector in which one wants to go; zero for who stands. */
    final float[] headingX;

    final float[] headingY;
    final float[] radius;
    /** The index of the field that is followed; -1: none. */
    final short[] field;
    /** The distance still to go. */
    final float[] remaining;
    /** The speed when nobody is in the way, on the level. */
    final float[] freeSpeed;
    /** The time gap that is kept, as part of the model's. */
    final float[] gap;
    /** How long one has been blocked, from 0 to 1. */
    final float[] blocked;
    /** When one moves off. */
    final float[] startAt;

    final byte[] state;
    final short[] surface;
    final int[] person;

    final float[] nextX;
    final float[] nextY;
    final float[] nextVx;
    final float[] nextVy;
    final float[] nextHeadingX;
    final float[] nextHeadingY;
    final float[] nextBlocked;
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
        headingX = new float[capacity];
        headingY = new float[capacity];
        radius = new float[capacity];
        field = new short[capacity];
        remaining = new float[capacity];
        freeSpeed = new float[capacity];
        gap = new float[capacity];
        startAt = new float[capacity];
        blocked = new float[capacity];
        nextBlocked = new float[capacity];
        state = new byte[capacity];
        surface = new short[capacity];
        person = new int[capacity];
        nextX = new float[capacity];
        nextY = new float[capacity];
        nextVx = new float[capacity];
        nextVy = new float[capacity];
        nextHeadingX = new float[capacity];
        nextHeadingY = new float[capacity];
        nextRemaining = new float[capacity];
        nextState = new byte[capacity];
        nextSurface = new short[capacity];
        nextCell = new int[capacity];
    }

    /** Takes the slots from {@code from} to {@code to} - 1 from {@code other} as its step left them, in the given order. */
    void take(People other, int[] order, int from, int to) {
        for (int i = from; i < to; i++) {
            int j = order[i];
            x[i] = other.nextX[j];
            y[i] = other.nextY[j];
            vx[i] = other.nextVx[j];
            vy[i] = other.nextVy[j];
            headingX[i] = other.nextHeadingX[j];
            headingY[i] = other.nextHeadingY[j];
            radius[i] = other.radius[j];
            field[i] = other.field[j];
            remaining[i] = other.nextRemaining[j];
            freeSpeed[i] = other.freeSpeed[j];
            gap[i] = other.gap[j];
            startAt[i] = other.startAt[j];
            blocked[i] = other.nextBlocked[j];
            state[i] = other.nextState[j];
            surface[i] = other.nextSurface[j];
            person[i] = other.person[j];
        }
    }
}
