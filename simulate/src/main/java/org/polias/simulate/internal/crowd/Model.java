// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/**
 * The parameters of the walking model; {@link Movement} says what they mean. They are not fitted to the end: {@code ./polias evaluate crowd} says how
 * far they are from people.
 */
final class Model {
    private Model() {}

    static final float TIME_GAP_S = 1.4f;
    static final float TIME_GAP_ACROSS_S = 0.5f;
    static final float SPACING = 1.03f;
    static final float WIDTH = 0.93f;
    static final float LATERAL_SLOPE = 22f;
    static final float CONTACT = 0.7f;
    static final float WALL = 1.05f;
    static final float TURN1 = 25f;
    static final float TURN2 = 55f;
    static final float TURN3 = 85f;
    static final float GAIN = 1f;
    static final float BRAKE = 0.6f;
    static final float LATERAL_S = 0.3f;
    static final float CL0 = 0.2f;
    static final float CL1 = 0.95f;
    static final float GAIN_WALL = 0.6f;
    static final float ACCELERATION = 2f;
    static final float SIGHT_REST = 0.8f;
    static final float SIGHT_GAP = 0.7f;
    static final float SHARE = 0.2f;
    static final float WALL_S = 0.55f;
    static final float CREEPING = 0.25f;
    static final float SLIP = 0.3f;
    static final float SLIP_M = 0.8f;
    static final float CROSSING = 0.2f;
    static final float SLIM = 0.75f;
    static final float SLIMMEST = 0.45f;
    static final float BLOCK_RATE = 0.5f;
    static final float FREE_RATE = 0.5f;
}
