// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.ArrayList;
import java.util.List;

import org.polias.simulate.api.Point;
import org.polias.simulate.api.Threat;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.ground.Walls;

/** Running from attackers: who sees them, where one turns, and who is hurt. */
final class Flight {

    /** People run: by as much faster than they walk. */
    static final float RUNNING = 1.8f;
    /** How often people look round. */
    static final double LOOK_S = 1;

    private final PreparedGround ground;
    private final List<Threat> threats;
    private final int[] surfaceOf;
    private final double[] owed;
    private final List<Seen> active = new ArrayList<>();

    /** A threat where it is now. */
    record Seen(int index, int surface, float x, float y, float sight, float reach) {}

    Flight(PreparedGround ground, List<Threat> threats) {
        this.ground = ground;
        this.threats = threats;
        owed = new double[threats.size()];
        surfaceOf = threats.stream()
                .mapToInt(threat -> ground.terrain().level(threat.level()))
                .toArray();
    }

    boolean isNone() {
        return threats.isEmpty();
    }

    /** Takes note of where the threats are. */
    void refresh(double time_s) {
        active.clear();
        for (int i = 0; i < threats.size(); i++) {
            Threat threat = threats.get(i);
            if (threat.isActive(time_s)) {
                Point at = threat.at(time_s);
                active.add(
                        new Seen(i, surfaceOf[i], (float) at.x_m(), (float) at.y_m(), (float) threat.sight_m(), (float)
                                threat.reach_m()));
            }
        }
    }

    List<Seen> active() {
        return active;
    }

    /** Whether one at a place sees the threat. */
    boolean sees(Seen threat, int surface, float x, float y) {
        return surface == threat.surface
                && Math.hypot(x - threat.x, y - threat.y) < threat.sight
                && isClear(surface, x, y, threat.x, threat.y);
    }

    /** Whether no wall is between two places: looked at piece by piece, since walls are known by what is near. */
    boolean isClear(int surface, double px, double py, double qx, double qy) {
        double length = Math.hypot(qx - px, qy - py);
        int pieces = Math.max(1, (int) Math.ceil(length / (Walls.REACH_M * 0.9)));
        for (int i = 0; i < pieces; i++) {
            double ax = px + (qx - px) * i / pieces;
            double ay = py + (qy - py) * i / pieces;
            double bx = px + (qx - px) * (i + 1) / pieces;
            double by = py + (qy - py) * (i + 1) / pieces;
            if (!ground.isFree(surface, ax, ay, bx, by)) {
                return false;
            }
        }
        return true;
    }

    /** Turns the heading of one who flees so that it does not lead to a threat, and lets him run. */
    void steer(int surface, float x, float y, Movement.Scratch s) {
        float hx = s.headingX;
        float hy = s.headingY;
        for (Seen threat : active) {
            if (threat.surface != surface) {
                continue;
            }
            float dx = x - threat.x;
            float dy = y - threat.y;
            float d = (float) Math.sqrt(dx * dx + dy * dy);
            if (d > threat.sight || d < 1e-3f) {
                continue;
            }
            float towards = -(hx * dx + hy * dy) / d;
            // The nearer, and the more the way leads to him, the more one turns away.
            float weight = 2 * Math.max(0, 1 - d / threat.sight) * Math.max(0, towards + 0.5f);
            hx += weight * dx / d;
            hy += weight * dy / d;
        }
        float length = (float) Math.sqrt(hx * hx + hy * hy);
        if (length > 1e-3f) {
            s.headingX = hx / length;
            s.headingY = hy / length;
        }
        s.freeSpeed *= RUNNING;
    }

    /** How many a threat hurts now, while anybody is within its reach. */
    int harm(int threat, double step_s) {
        owed[threat] += threats.get(threat).hurt_per_s() * step_s;
        int now = (int) owed[threat];
        owed[threat] -= now;
        return now;
    }

    /** How well a direction leads away from all threats that are seen: the cosine of the angle to the worst; 1: there is none. */
    double away(int surface, float x, float y, float headingX, float headingY) {
        double worst = 1;
        for (Seen threat : active) {
            double dx = x - threat.x;
            double dy = y - threat.y;
            double d = Math.hypot(dx, dy);
            if (threat.surface == surface && d < threat.sight && d > 1e-3) {
                worst = Math.min(worst, (headingX * dx + headingY * dy) / d);
            }
        }
        return worst;
    }
}
