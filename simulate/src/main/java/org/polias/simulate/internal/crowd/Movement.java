// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.List;

import org.polias.simulate.internal.ground.Bins;
import org.polias.simulate.internal.ground.Field;
import org.polias.simulate.internal.ground.Lattice;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.ground.Walls;

/** One step of everybody. */
final class Movement {

    static final int MOST_NEIGHBOURS = 160;
    static final float SIGHT = (float) PreparedGround.SIGHT_M;

    static final class Scratch {
        final int[] who = new int[MOST_NEIGHBOURS + 64];
        final float[] ahead = new float[MOST_NEIGHBOURS + 64];
        final float[] aside = new float[MOST_NEIGHBOURS + 64];
        final float[] velAhead = new float[MOST_NEIGHBOURS + 64];
        final float[] velAside = new float[MOST_NEIGHBOURS + 64];
        final float[] size = new float[MOST_NEIGHBOURS + 64];
        final float[] look = new float[3];
    }

    private final Lattice lattice;
    private final Walls walls;
    private final Bins near;
    private final Cells cells;
    final float[] cosine;
    final float[] sine;

    Movement(PreparedGround ground, Cells cells) {
        lattice = ground.lattice();
        walls = ground.walls();
        near = walls.near();
        this.cells = cells;
        double[] turns = {0, Model.TURN1, -Model.TURN1, Model.TURN2, -Model.TURN2, 85, -85};
        cosine = new float[turns.length];
        sine = new float[turns.length];
        for (int i = 0; i < turns.length; i++) {
            cosine[i] = (float) Math.cos(Math.toRadians(turns[i]));
            sine[i] = (float) Math.sin(Math.toRadians(turns[i]));
        }
    }

    private static float noise(int person, int step) {
        int h = person * 0x9E3779B1 ^ step * 0x85EBCA77;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        h ^= h >>> 12;
        h *= 0x297A2D39;
        h ^= h >>> 15;
        return h * (1f / (1 << 31));
    }

    void advance(People p, List<Field> fields, boolean[] open, float dt, int step, int from, int to, Scratch s) {
        for (int i = from; i < to; i++) {
            advance(p, fields, open, dt, step, i, s);
        }
    }

    private void advance(People p, List<Field> fields, boolean[] open, float dt, int step, int i, Scratch s) {
        byte state = p.state[i];
        p.nextState[i] = state;
        p.nextSurface[i] = p.surface[i];
        p.nextRemaining[i] = p.remaining[i];
        float px = p.x[i];
        float py = p.y[i];
        if (state == People.ABSENT) {
            p.nextX[i] = px;
            p.nextY[i] = py;
            p.nextCell[i] = cells.count();
            return;
        }
        int surface = p.surface[i];
        int fieldIndex = p.field[i];
        float ex = 0;
        float ey = 0;
        float remaining = p.remaining[i];
        if (fieldIndex >= 0) {
            int node = lattice.node(surface, px, py);
            if (node >= 0) {
                lattice.look(fields.get(fieldIndex), node, px, py, s.look);
                ex = s.look[0];
                ey = s.look[1];
                remaining = s.look[2];
            }
        }
        float v0 = state == People.WALKING ? p.freeSpeed[i] : 0;
        float ri = p.radius[i];
        // neighbours
        int n = 0;
        int cell = cells.cell(surface, px, py);
        int columns = cells.columns(surface);
        int[] start = cells.start;
        float[] xs = p.x;
        float[] ys = p.y;
        int[] who = s.who;
        float[] ahead = s.ahead;
        float[] aside = s.aside;
        for (int row = cell - 2 * columns - 2; row <= cell + 2 * columns - 2; row += columns) {
            int end = Math.min(start[row + 5], start[row] + MOST_NEIGHBOURS);
            for (int j = start[row]; j < end && n < MOST_NEIGHBOURS; j++) {
                float dx = xs[j] - px;
                float dy = ys[j] - py;
                float d2 = dx * dx + dy * dy;
                who[n] = j;
                ahead[n] = dx;
                aside[n] = dy;
                n += d2 < SIGHT * SIGHT & j != i ? 1 : 0;
            }
        }
        float pushX = 0;
        float pushY = 0;
        float bestX = ex;
        float bestY = ey;
        float bestSpeed = v0;
        if (n > 0) {
            float clearance = 9;
            {
                int bin = near.bin(surface, px, py);
                for (int w = near.start(bin); w < near.end(bin); w++) {
                    int item = near.item(w);
                    if (item >= walls.count() && open[item - walls.count()]) {
                        continue;
                    }
                    float ax = (float) walls.ax(item) - px;
                    float ay = (float) walls.ay(item) - py;
                    float bx = (float) (walls.bx(item) - walls.ax(item));
                    float by = (float) (walls.by(item) - walls.ay(item));
                    float t = Math.clamp(-(ax * bx + ay * by) / (bx * bx + by * by), 0f, 1f);
                    float dx = ax + t * bx;
                    float dy = ay + t * by;
                    clearance = Math.min(clearance, dx * dx + dy * dy);
                }
                clearance = (float) Math.sqrt(clearance);
            }
            float room = Math.clamp((clearance - Model.CL0) / (Model.CL1 - Model.CL0), 0f, 1f);
            float gain = Model.GAIN_WALL + room * (Model.GAIN - Model.GAIN_WALL);
            float lat = Model.LATERAL_S * room;
            float t1 = Model.TIME_GAP_NEAR_S;
            float t2 = Model.TIME_GAP_FAR_S;
            int kept = 0;
            for (int k = 0; k < n; k++) {
                int j = who[k];
                float dx = ahead[k];
                float dy = aside[k];
                float d2 = dx * dx + dy * dy;
                float sum = ri + p.radius[j];
                float contact = sum * Model.CONTACT;
                float a = dx * ex + dy * ey;
                boolean same = p.field[j] == fieldIndex;
                float ahd = same ? remaining - p.remaining[j] : a;
                if (d2 < contact * contact) {
                    float d = (float) Math.sqrt(Math.max(1e-6f, d2));
                    float share = same ? ahd > 0 ? 0.5f + 0.5f * Model.PRIORITY * 0.6f : 0.5f - 0.5f * Model.PRIORITY * 0.6f : 0.5f;
                    float push = (contact - d) * share / d;
                    pushX -= push * dx;
                    pushY -= push * dy;
                }
                if (Model.PRIORITY > 0 ? ahd > 0 : a > 0) {
                    ahead[kept] = a;
                    aside[kept] = dy * ex - dx * ey;
                    s.velAhead[kept] = p.vx[j] * ex + p.vy[j] * ey;
                    s.velAside[kept] = p.vy[j] * ex - p.vx[j] * ey;
                    s.size[kept] = sum * Model.SPACING;
                    kept++;
                }
            }
            if (v0 > 0 && kept > 0) {
                float bestScore = -1;
                int side = noise(p.person[i], step >> 3) > 0 ? 1 : -1;
                for (int c = 0; c < 7; c++) {
                    float co = cosine[c];
                    float si = side * sine[c];
                    float q = 1e9f;
                    for (int k = 0; k < kept; k++) {
                        float a = ahead[k] * co + aside[k] * si;
                        float vb = s.velAside[k] * co - s.velAhead[k] * si;
                        float b = Math.abs(aside[k] * co - ahead[k] * si + lat * vb);
                        float l = s.size[k];
                        float w = l * Model.WIDTH;
                        float ratio = Math.min(1, b / w);
                        float free = a - l * (1 - Model.ROUND * ratio * ratio) + Model.LATERAL_SLOPE * Math.max(0, b - w);
                        float v = s.velAhead[k] * co + s.velAside[k] * si;
                        if (a > 0) {
                            float e = Math.min(free / t1, (free + Model.FAR_OFFSET_M) / t2);
                            float g = v > e ? gain : Model.BRAKE;
                            q = Math.min(q, e + g * (v - e));
                        }
                    }
                    float v = Math.max(0, Math.min(q, v0));
                    float score = v * co;
                    if (score > bestScore) {
                        bestScore = score;
                        bestSpeed = v;
                        bestX = ex * co - ey * si;
                        bestY = ey * co + ex * si;
                    }
                    if (c == 0 && v >= 0.95f * v0 || c == 4 && bestScore > 0.2f * v0) {
                        break;
                    }
                }
            }
        }
        float vx = bestX * bestSpeed;
        float vy = bestY * bestSpeed;
        float qx = px + vx * dt + pushX;
        float qy = py + vy * dt + pushY;
        float ux = qx - px;
        float uy = qy - py;
        float most = 0.5f;
        float u2 = ux * ux + uy * uy;
        if (u2 > most * most) {
            float f = most / (float) Math.sqrt(u2);
            qx = px + ux * f;
            qy = py + uy * f;
        }
        int bin = near.bin(surface, px, py);
        int wallsFrom = near.start(bin);
        int wallsTo = near.end(bin);
        if (wallsTo > wallsFrom) {
            float clear = ri * Model.WALL;
            for (int round = 0; round < 2; round++) {
                for (int w = wallsFrom; w < wallsTo; w++) {
                    int item = near.item(w);
                    if (item >= walls.count() && open[item - walls.count()]) {
                        continue;
                    }
                    double ax = walls.ax(item);
                    double ay = walls.ay(item);
                    double bx = walls.bx(item) - ax;
                    double by = walls.by(item) - ay;
                    double l2 = bx * bx + by * by;
                    double t = l2 == 0 ? 0 : Math.clamp(((qx - ax) * bx + (qy - ay) * by) / l2, 0, 1);
                    double dx = qx - (ax + t * bx);
                    double dy = qy - (ay + t * by);
                    double d2 = dx * dx + dy * dy;
                    boolean crossed = walls.crossing(item, px, py, qx, qy) != 0;
                    if (crossed || d2 < clear * clear) {
                        double d = Math.sqrt(d2);
                        if (d < 1e-6) {
                            qx = px;
                            qy = py;
                            continue;
                        }
                        double f = crossed ? -clear / d : clear / d;
                        qx = (float) (ax + t * bx + dx * f);
                        qy = (float) (ay + t * by + dy * f);
                    }
                }
            }
            for (int w = wallsFrom; w < wallsTo; w++) {
                int item = near.item(w);
                if (item >= walls.count() && open[item - walls.count()]) {
                    continue;
                }
                if (walls.crossing(item, px, py, qx, qy) != 0) {
                    qx = px;
                    qy = py;
                    break;
                }
            }
            vx = (qx - px) / dt;
            vy = (qy - py) / dt;
        }
        p.nextX[i] = qx;
        p.nextY[i] = qy;
        p.nextVx[i] = vx;
        p.nextVy[i] = vy;
        p.nextRemaining[i] = remaining;
        p.nextCell[i] = cells.cell(surface, qx, qy);
    }
}
