// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/** The parameters of the walking model; {@link Movement} says what they mean. */
final class Model {
    private Model() {}

    static float p(String name, double v) {
        return Float.parseFloat(System.getProperty("m." + name, "" + v));
    }

    static float TIME_GAP_NEAR_S = p("t1", 0.5);
    static float SPACING = p("sp", 0.9);
    static float WIDTH = p("width", 1.2);
    static float LATERAL_SLOPE = p("k", 8);
    static float CONTACT = p("c", 0.85);
    static float WALL = p("w", 1.05);
    static float TURN1 = p("turn1", 25);
    static float TURN2 = p("turn2", 55);
    static float TURN3 = p("turn3", 85);
    static float GAIN = p("gain", 0.8);
    static float BRAKE = p("brake", 0.3);
    static float LATERAL_S = p("lat", 0.3);
    static float CL0 = p("cl0", 0.2);
    static float CL1 = p("cl1", 0.6);
    static float GAIN_WALL = p("gw", 0.3);
    static float ACCELERATION = p("acc", 2);
    static float SIGHT_REST = p("rest", 0.8);
    static float SIGHT_GAP = p("sgap", 0.7);
    static float SHARE = p("share", 0.2);
    static float HOLD = p("hold", 0.9);
    static float LOOSE = p("loose", 1.2);
    static float LOOSEN = p("loosen", 0.5);
    static float WALL_S = p("ws", 0.4);
    static float CREEPING = p("creep", 0.25);
    static float SLIP = p("slip", 0.3);
    static float SLIP_M = p("slipm", 0.8);
    static float CROSSING = p("cross", 0.2);
    static float SLIM = p("slim", 0.75);
    static float SLIMMEST = p("slimmest", 0.45);
    static float BLOCK_RATE = p("brate", 0.5);
    static float FREE_RATE = p("frate", 0.5);
}
