// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

/**
 * The parameters of the walking model; {@link Movement} applies them. With a person ahead at the distance s who leaves by the speed w,
 *
 * <pre>
 *   even = (s - l) v_usual / (T v_free)                      the speed at which the time gap is kept
 *   v    = even + FOLLOW (w - even)   if w &gt; even,           whoever opens the gap is followed
 *   v    = even + BRAKE  (w - even)   otherwise,             whoever closes it is braked for
 * </pre>
 *
 * and of all whom one sees in a direction the one who leaves least counts: the collision-free speed model (Tordeux, Chraibi and
 * Seyfried 2016) with an answer to relative speed. Those marked F were fitted, by a random search with the step of {@code Settings.DEFAULT}:
 * {@code docs/evacuation.md} says on what, and on what they were checked.
 */
final class Model {
    private Model() {}

    /** F: the time gap T of one whose free speed is {@link #USUAL_SPEED}, seconds; who is faster keeps as much less. */
    static final float TIME_GAP_S = 1.3f;
    /** Adults' mean, m/s (Weidmann 1993), whose diagram scales with it, too. */
    static final float USUAL_SPEED = 1.34f;
    /** The time gap to those who come across: they will not be there by then. */
    static final float TIME_GAP_ACROSS_S = 0.5f;
    /** F: the length l that a pair takes, as part of the sum of their radii. */
    static final float SPACING = 1.08f;
    /** F: the width in which one is in another's way, as part of the length. */
    static final float WIDTH = 0.89f;
    /** F: how much more of a gap one has for each metre by which another stands farther aside than that width. */
    static final float LATERAL_SLOPE = 21f;
    /** F: bodies closer than this part of the sum of their radii are pressed apart. */
    static final float CONTACT = 0.55f;
    /** From walls, as part of the radius. */
    static final float WALL = 1.05f;
    /** F: the directions that are tried beside the straight one, degrees; the third only by one who hardly moves. */
    static final float TURN1 = 22f;

    static final float TURN2 = 54f;
    static final float TURN3 = 85f;
    /** F: how far one follows whoever opens the gap, beside a wall. Farther than {@link #ROOM_M} from walls: all the way. */
    static final float FOLLOW_AT_WALL = 0.59f;
    /** F: how far one brakes for whoever closes it. */
    static final float BRAKE = 0.63f;
    /** For how long ahead it is seen, away from walls, that another moves aside, seconds. */
    static final float LATERAL_S = 0.3f;
    /** Nearer to a wall than this one has no room at all, metres. */
    static final float NO_ROOM_M = 0.2f;
    /** F: farther from walls than this one has all the room, metres. */
    static final float ROOM_M = 0.93f;
    /** Metres per second squared. */
    static final float ACCELERATION = 2f;
    /** One who stands sees so far, metres. */
    static final float SIGHT_REST = 0.8f;
    /** And for each m/s of his speed so much farther. */
    static final float SIGHT_GAP = 0.7f;
    /** Of a push, the part of the one who is ahead. */
    static final float SHARE = 0.2f;
    /** One does not turn to where one would be at a wall within this, seconds: else people in a file would walk in zigzag. */
    static final float WALL_S = 0.55f;
    /** Slower than this one thinks only at every other step, m/s. */
    static final float CREEPING = 0.25f;
    /** How fast one who is blocked slips to the right past those who come across, m/s. */
    static final float SLIP = 0.3f;
    /** Within this distance, metres. */
    static final float SLIP_M = 0.8f;
    /** The cosine between ways below which people come across. */
    static final float CROSSING = 0.2f;
    /** What is left of the width of people who come across, when they are not blocked and when they are. */
    static final float SLIM = 0.75f;

    static final float SLIMMEST = 0.45f;
    /** How fast one comes to be blocked, and not to be any more, per second. */
    static final float BLOCK_RATE = 0.5f;

    static final float FREE_RATE = 0.5f;
}
