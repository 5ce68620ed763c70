// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

/**
 * Walking distances to one goal, and the directions in which they fall fastest. Immutable once made.
 *
 * @param distance for each node the distance, metres; infinite where there is no way
 * @param direction for each node the unit vector in 127ths: x in the high byte, y in the low one; 0: there is no way
 */
public record Field(float[] distance, short[] direction) {

    static final float SCALE = 127;

    static short pack(double x, double y) {
        return (short) (Math.round(x * SCALE) << 8 | Math.round(y * SCALE) & 0xFF);
    }

    static float unpackX(short packed) {
        return packed >> 8;
    }

    static float unpackY(short packed) {
        return (byte) packed;
    }
}
