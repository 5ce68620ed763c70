// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.polias.simulate.internal.ground.Bins;
import org.polias.simulate.internal.ground.Field;
import org.polias.simulate.internal.ground.Lattice;
import org.polias.simulate.internal.ground.Portal;
import org.polias.simulate.internal.ground.PreparedGround;
import org.polias.simulate.internal.ground.Surface;
import org.polias.simulate.internal.ground.Walls;

/** One step of everybody. */
final class Movement {

    private static final int NEAR_WALLS = 1;
    private static final int NEAR_SCREENS = 2;
    private static final int NEAR_TRIPWIRES = 4;
    private static final int NEAR_PORTALS = 8;
    private static final int NEAR_GATES = 16;

    private static final int MOST_NEIGHBOURS = 160;
    private static final int MOST_WALLS = 12;
    private static final float SIGHT = (float) PreparedGround.SIGHT_M;
    private static final float FARTHEST_STEP_M = 0.6f;
    /** Who is farther aside of one's way than this leaves any speed: the slope times it is more than one sees. */
    private static final float FAR_ASIDE_M = 1.9f / Model.LATERAL_SLOPE;

    /** How far before the end of a wall one is at its end, metres. */
    private static final double TIP_M = 0.1;
    /** The cosine of the angle to the way to a wall's end below which one slides past it by oneself. */
    private static final double STRAIGHT = 0.9;

    /** Within it of one's goal it is looked whether one is there. */
    private static final float EXIT_NEAR_M = 1.2f;

    private final PreparedGround ground;
    private final Surface[] surfaces;
    private final Lattice lattice;
    private final Walls walls;
    private final Bins near;
    private final Bins screens;
    private final @Nullable Bins portalBins;
    private final Tripwires tripwires;
    private final Cells cells;
    /** For each bin what is near it, in bits. */
    private final byte[] nearby;

    private final float[] cosine;
    private final float[] sine;

    /**
     * What holds for all in a step.
     *
     * @param smoke for each node the part of the speed that smoke leaves; empty: there are no hazards
     * @param dose_per_s for each node the dose of a second; empty: there are no hazards
     */
    record Now(
            People people,
            Roster roster,
            Traits[] traits,
            Groups groups,
            Flight flight,
            List<Field> fields,
            boolean[] open,
            float[] smoke,
            float[] dose_per_s,
            float time_s,
            float step_s,
            int step) {}

    /** What a population has in common on the way. */
    record Traits(float stairUp, float stairDown, boolean isResponder) {}

    /** A worker's own. */
    static final class Scratch {
        final int[] who = new int[MOST_NEIGHBOURS + 64];
        final float[] dx = new float[MOST_NEIGHBOURS + 64];
        final float[] dy = new float[MOST_NEIGHBOURS + 64];
        final float[] velAhead = new float[MOST_NEIGHBOURS + 64];
        final float[] velAside = new float[MOST_NEIGHBOURS + 64];
        final float[] soonAhead = new float[MOST_NEIGHBOURS + 64];
        final float[] soonAside = new float[MOST_NEIGHBOURS + 64];
        final float[] perGap = new float[MOST_NEIGHBOURS + 64];
        final float[] length = new float[MOST_NEIGHBOURS + 64];
        final float[] width = new float[MOST_NEIGHBOURS + 64];
        final float[] look = new float[3];
        final float[] wallX = new float[MOST_WALLS];
        final float[] wallY = new float[MOST_WALLS];
        int wallsSeen;
        int bin;
        int nearby;
        int seen;
        int kept;
        float follow;
        float headingX;
        float headingY;
        float remaining;
        float freeSpeed;
        float pushX;
        float pushY;
        float velocityX;
        float velocityY;
        int[] noted = new int[64];
        int notes;

        void toFront(int k) {
            swap(dx, k);
            swap(dy, k);
            swap(velAhead, k);
            swap(velAside, k);
            swap(soonAhead, k);
            swap(soonAside, k);
            swap(perGap, k);
            swap(length, k);
            swap(width, k);
        }

        private static void swap(float[] array, int k) {
            float first = array[0];
            array[0] = array[k];
            array[k] = first;
        }

        void note(int slot) {
            if (notes == noted.length) {
                noted = Arrays.copyOf(noted, 2 * notes);
            }
            noted[notes++] = slot;
        }
    }

    Movement(PreparedGround ground, Cells cells, @Nullable Bins portalBins, Tripwires tripwires) {
        this.ground = ground;
        surfaces = ground.terrain().surfaces().toArray(Surface[]::new);
        lattice = ground.lattice();
        walls = ground.walls();
        near = walls.near();
        screens = walls.screens();
        this.portalBins = portalBins;
        this.tripwires = tripwires;
        this.cells = cells;
        nearby = new byte[near.count()];
        for (int bin = 0; bin < nearby.length; bin++) {
            int bits = near.isEmpty(bin) ? 0 : NEAR_WALLS;
            bits |= screens.isEmpty(bin) ? 0 : NEAR_SCREENS;
            bits |= tripwires.bins().isEmpty(bin) ? 0 : NEAR_TRIPWIRES;
            bits |= hasGate(tripwires, bin) ? NEAR_GATES : 0;
            bits |= portalBins == null || portalBins.isEmpty(bin) ? 0 : NEAR_PORTALS;
            nearby[bin] = (byte) bits;
        }
        double[] turns = {Model.TURN1, Model.TURN2, Model.TURN3};
        cosine = new float[turns.length];
        sine = new float[turns.length];
        for (int i = 0; i < turns.length; i++) {
            cosine[i] = (float) Math.cos(Math.toRadians(turns[i]));
            sine[i] = (float) Math.sin(Math.toRadians(turns[i]));
        }
    }

    private static boolean hasGate(Tripwires tripwires, int bin) {
        Bins bins = tripwires.bins();
        for (int k = bins.start(bin); k < bins.end(bin); k++) {
            if (bins.item(k) < tripwires.gates()) {
                return true;
            }
        }
        return false;
    }

    private static int hash(int a, int b) {
        int h = a * 0x9E3779B1 ^ b * 0x85EBCA77;
        h ^= h >>> 15;
        h *= 0x2C1B3C6D;
        h ^= h >>> 12;
        h *= 0x297A2D39;
        return h ^ h >>> 15;
    }

    /** Steps the slots from {@code from} to {@code to} - 1; lists in the scratch who crossed a tripwire. */
    void advance(Now now, int from, int to, Scratch s) {
        People p = now.people;
        s.notes = 0;
        for (int i = from; i < to; i++) {
            if (p.state[i] == People.ABSENT) {
                carry(p, i);
                continue;
            }
            s.bin = near.bin(p.surface[i], p.x[i], p.y[i]);
            s.nearby = nearby[s.bin];
            if (goesOn(now, i, s.nearby)) {
                s.headingX = p.headingX[i];
                s.headingY = p.headingY[i];
                s.remaining = p.remaining[i];
                s.freeSpeed = p.freeSpeed[i];
                s.pushX = 0;
                s.pushY = 0;
                s.velocityX = p.vx[i];
                s.velocityY = p.vy[i];
                p.nextState[i] = p.state[i];
                move(now, i, s);
                continue;
            }
            orient(now, i, s);
            gather(p, i, now.step_s, s);
            if (s.seen > 0 && p.nextState[i] != People.DOWN) {
                choose(now, i, s);
            } else {
                s.pushX = 0;
                s.pushY = 0;
                s.velocityX = s.headingX * s.freeSpeed;
                s.velocityY = s.headingY * s.freeSpeed;
            }
            move(now, i, s);
        }
    }

    /** Who creeps thinks again only at every other step; not at a door or an exit, where he may be let through at any. */
    private static boolean goesOn(Now now, int i, int nearby) {
        People p = now.people;
        float vx = p.vx[i];
        float vy = p.vy[i];
        return (now.step + p.person[i] & 1) != 0
                && (nearby & NEAR_GATES) == 0
                && now.smoke.length == 0
                && p.state[i] == People.WALKING
                && vx * vx + vy * vy < Model.CREEPING * Model.CREEPING
                && p.remaining[i] > EXIT_NEAR_M;
    }

    private void carry(People p, int i) {
        p.nextX[i] = p.x[i];
        p.nextY[i] = p.y[i];
        p.nextState[i] = People.ABSENT;
        p.nextSurface[i] = p.surface[i];
        p.nextCell[i] = cells.count();
    }

    /** Which way to go, and how fast if nobody were there. */
    private void orient(Now now, int i, Scratch s) {
        People p = now.people;
        byte state = p.state[i];
        if (state == People.WAITING && now.time_s >= p.startAt[i]) {
            state = People.WALKING;
        }
        p.nextState[i] = state;
        s.headingX = 0;
        s.headingY = 0;
        s.freeSpeed = 0;
        s.remaining = p.remaining[i];
        int field = p.field[i];
        if (field < 0) {
            return;
        }
        float x = p.x[i];
        float y = p.y[i];
        Field it = now.fields.get(field);
        int node = lattice.look(it, p.surface[i], x, y, s.look);
        if (node < 0) {
            return;
        }
        int person = p.person[i];
        float fast = 1;
        if (now.smoke.length > 0) {
            fast = now.smoke[node];
            if (state != People.DOWN) {
                float dose = now.roster.dose[person] += now.dose_per_s[node] * now.step_s;
                if (dose >= 1) {
                    p.nextState[i] = People.DOWN;
                    s.note(i);
                    return;
                }
            }
        }
        s.remaining = s.look[2];
        if (state != People.WALKING && state != People.FLEEING) {
            return;
        }
        s.headingX = s.look[0];
        s.headingY = s.look[1];
        s.freeSpeed = p.freeSpeed[i] * fast;
        Surface surface = surfaces[p.surface[i]];
        if (surface.planPerSlope() < 1 || surface.isStep()) {
            onSlope(now, surface, person, s);
        }
        if (!now.groups.isEmpty()) {
            s.freeSpeed *= now.groups.pace(now.roster.group[person], s.remaining);
        }
        if (state == People.FLEEING) {
            now.flight.steer(p.surface[i], x, y, s);
        }
        if (s.remaining < EXIT_NEAR_M) {
            s.note(i);
        }
    }

    private void onSlope(Now now, Surface surface, int person, Scratch s) {
        if (surface.isStep()) {
            Traits traits = now.traits[now.roster.population[person]];
            double up = s.headingX * surface.upX() + s.headingY * surface.upY();
            s.freeSpeed *= up >= 0 ? traits.stairUp : traits.stairDown;
        }
        s.freeSpeed *= (float) surface.planPerSlope();
    }

    /** Whom one sees: all within a sight that grows with the speed that one can have at the end of the step. */
    private void gather(People p, int i, float step_s, Scratch s) {
        float px = p.x[i];
        float py = p.y[i];
        float speed = (float) Math.sqrt(p.vx[i] * p.vx[i] + p.vy[i] * p.vy[i]);
        float sight = Math.min(SIGHT, Model.SIGHT_REST + Model.SIGHT_GAP * Math.min(s.freeSpeed, speed));
        float sight2 = sight * sight;
        int surface = p.surface[i];
        int columns = cells.columns(surface);
        int cell = cells.cell(surface, px, py);
        float inX = cells.within(cells.minX(surface), px);
        float inY = cells.within(cells.minY(surface), py);
        float reach = sight * (1 / Cells.SIZE_M);
        int left = (int) Math.floor(inX - reach);
        int right = (int) Math.floor(inX + reach);
        int down = (int) Math.floor(inY - reach);
        int up = (int) Math.floor(inY + reach);
        int[] start = cells.start;
        float[] xs = p.x;
        float[] ys = p.y;
        int[] who = s.who;
        float[] dxs = s.dx;
        float[] dys = s.dy;
        int n = 0;
        for (int row = down; row <= up; row++) {
            int base = cell + row * columns;
            int end = Math.min(start[base + right + 1], start[base + left] + 64);
            for (int j = start[base + left]; j < end; j++) {
                float dx = xs[j] - px;
                float dy = ys[j] - py;
                who[n] = j;
                dxs[n] = dx;
                dys[n] = dy;
                n += dx * dx + dy * dy < sight2 & j != i ? 1 : 0;
            }
            n = Math.min(n, MOST_NEIGHBOURS);
        }
        if ((s.nearby & NEAR_PORTALS) != 0) {
            n = throughPortals(p, i, sight2, n, s);
        }
        if ((s.nearby & NEAR_SCREENS) != 0 && n > 0) {
            n = unscreened(p, i, s.bin, n, s);
        }
        s.seen = n;
    }

    /** Drops those behind walls. */
    private int unscreened(People p, int i, int bin, int n, Scratch s) {
        int kept = 0;
        for (int k = 0; k < n; k++) {
            boolean hidden = false;
            for (int w = screens.start(bin); w < screens.end(bin) && !hidden; w++) {
                int item = screens.item(w);
                hidden = item < walls.count()
                        && walls.crossing(item, p.x[i], p.y[i], p.x[i] + s.dx[k], p.y[i] + s.dy[k]) != 0;
            }
            if (!hidden) {
                s.who[kept] = s.who[k];
                s.dx[kept] = s.dx[k];
                s.dy[kept] = s.dy[k];
                kept++;
            }
        }
        return kept;
    }

    /** Adds those on other surfaces whom one sees through a portal. */
    private int throughPortals(People p, int i, float sight2, int seen, Scratch s) {
        int n = seen;
        int surface = p.surface[i];
        float px = p.x[i];
        float py = p.y[i];
        Bins bins = portalBins;
        if (bins == null) {
            return n;
        }
        for (int w = bins.start(s.bin); w < bins.end(s.bin); w++) {
            Portal portal = ground.terrain().portals().get(bins.item(w));
            int other = portal.other(surface);
            int columns = cells.columns(other);
            int cell = cells.cell(other, px, py);
            for (int row = -2; row <= 2; row++) {
                int base = cell + row * columns;
                for (int j = cells.start[base - 2]; j < cells.start[base + 3] && n < MOST_NEIGHBOURS; j++) {
                    float dx = p.x[j] - px;
                    float dy = p.y[j] - py;
                    if (dx * dx + dy * dy < sight2 && portal.line().crossing(px, py, p.x[j], p.y[j]) != 0) {
                        s.who[n] = j;
                        s.dx[n] = dx;
                        s.dy[n] = dy;
                        n++;
                    }
                }
            }
        }
        return n;
    }

    /** Notes the ways to the walls within reach; returns the distance to the nearest. */
    private float seeWalls(boolean[] open, float px, float py, Scratch s) {
        float least = 4;
        int n = 0;
        int bin = s.bin;
        for (int w = near.start(bin); w < near.end(bin); w++) {
            int item = near.item(w);
            if (item >= walls.count() && open[item - walls.count()]) {
                continue;
            }
            float ax = (float) walls.ax(item) - px;
            float ay = (float) walls.ay(item) - py;
            float bx = (float) (walls.bx(item) - walls.ax(item));
            float by = (float) (walls.by(item) - walls.ay(item));
            float l2 = bx * bx + by * by;
            float t = l2 > 0 ? Math.clamp(-(ax * bx + ay * by) / l2, 0f, 1f) : 0;
            float dx = ax + t * bx;
            float dy = ay + t * by;
            float d2 = dx * dx + dy * dy;
            if (d2 < 1 && n < MOST_WALLS) {
                s.wallX[n] = dx;
                s.wallY[n++] = dy;
            }
            least = Math.min(least, d2);
        }
        s.wallsSeen = n;
        return (float) Math.sqrt(least);
    }

    /** The speed at which one may turn to a direction without running into a wall within the time {@link Model#WALL_S}. */
    private static float beforeWalls(Scratch s, float ux, float uy, float clear, float most) {
        float speed = most;
        for (int w = 0; w < s.wallsSeen; w++) {
            float dx = s.wallX[w];
            float dy = s.wallY[w];
            float d = (float) Math.sqrt(dx * dx + dy * dy);
            float towards = ux * dx + uy * dy;
            if (towards > 0.1f * d) {
                speed = Math.min(speed, Math.max(0, d - clear) * d / (towards * Model.WALL_S));
            }
        }
        return speed;
    }

    /** The direction in which one gets on best, and the speed that those ahead leave. */
    private void choose(Now now, int i, Scratch s) {
        People p = now.people;
        float ex = s.headingX;
        float ey = s.headingY;
        float ri = p.radius[i];
        float pushX = 0;
        float pushY = 0;
        float[] ahead = s.dx;
        float[] aside = s.dy;
        int kept = 0;
        boolean meeting = false;
        float perGap = 1 / (Model.TIME_GAP_S * p.gap[i]);
        float perGapAcross = 1 / (Model.TIME_GAP_ACROSS_S * p.gap[i]);
        float room = 1;
        s.wallsSeen = 0;
        if ((s.nearby & NEAR_WALLS) != 0) {
            room = Math.clamp(
                    (seeWalls(now.open, p.x[i], p.y[i], s) - Model.NO_ROOM_M) / (Model.ROOM_M - Model.NO_ROOM_M),
                    0f,
                    1f);
        }
        float lateral = Model.LATERAL_S * room;
        for (int k = 0; k < s.seen; k++) {
            int j = s.who[k];
            float dx = ahead[k];
            float dy = aside[k];
            float d2 = dx * dx + dy * dy;
            float sum = ri + p.radius[j];
            float hx = p.headingX[j];
            float hy = p.headingY[j];
            float alike = ex * hx + ey * hy;
            float a = dx * ex + dy * ey;
            // Of two who go the same way, the one who is farther along it has the way: never both, so nobody waits in a
            // circle.
            float first = alike > 0 ? a + dx * hx + dy * hy : a;
            boolean comesAcross = alike < Model.CROSSING && (hx != 0 || hy != 0);
            float slim = comesAcross ? slimness(Math.max(p.blocked[i], p.blocked[j])) : 1;
            float contact = sum * Model.CONTACT * slim;
            if (d2 < contact * contact) {
                float d = (float) Math.sqrt(Math.max(1e-6f, d2));
                float share = alike > 0 ? first > 0 ? 1 - Model.SHARE : Model.SHARE : 0.5f;
                float push = (contact - d) * share / d;
                pushX -= push * dx;
                pushY -= push * dy;
            }
            if (first > 0) {
                float b = dy * ex - dx * ey;
                float size = sum * slim * Model.SPACING;
                float width = size * Model.WIDTH;
                ahead[kept] = a;
                aside[kept] = b;
                float va = p.vx[j] * ex + p.vy[j] * ey;
                float vb = p.vy[j] * ex - p.vx[j] * ey;
                s.velAhead[kept] = va;
                s.velAside[kept] = vb;
                s.soonAhead[kept] = a + lateral * va;
                s.soonAside[kept] = b + lateral * vb;
                s.perGap[kept] = comesAcross ? perGapAcross : perGap;
                s.length[kept] = size;
                s.width[kept] = width;
                meeting |= slim < 1 && a < Model.SLIP_M && Math.abs(b) < width;
                kept++;
            }
        }
        s.pushX = pushX;
        s.pushY = pushY;
        float v0 = s.freeSpeed;
        if (v0 <= 0 || kept == 0) {
            s.velocityX = ex * v0;
            s.velocityY = ey * v0;
            return;
        }
        s.follow = Model.FOLLOW_AT_WALL + room * (1 - Model.FOLLOW_AT_WALL);
        s.kept = kept;
        float limit = Math.min(v0, Math.max(0, p.vx[i] * ex + p.vy[i] * ey) + Model.ACCELERATION * now.step_s);
        float speed = Math.max(0, pace(s, 1, 0, 0, limit));
        float best = speed;
        float bestX = ex;
        float bestY = ey;
        if (best < 0.95f * limit) {
            int side = !meeting && hash(p.person[i], now.step >> 3) > 0 ? 1 : -1;
            for (int turn = 0; turn < 2 * cosine.length; turn++) {
                float co = cosine[turn >> 1];
                if (limit * co <= best || turn == 4 && best > 0.2f * limit) {
                    break;
                }
                float si = (turn & 1) == 0 ? side * sine[turn >> 1] : -side * sine[turn >> 1];
                float ux = ex * co - ey * si;
                float uy = ey * co + ex * si;
                float free = s.wallsSeen == 0 ? limit : beforeWalls(s, ux, uy, ri * Model.WALL, limit);
                if (free * co <= best) {
                    continue;
                }
                float v = pace(s, co, si, best / co, free);
                if (v * co > best) {
                    best = v * co;
                    speed = v;
                    bestX = ux;
                    bestY = uy;
                }
            }
        }
        s.velocityX = bestX * speed;
        s.velocityY = bestY * speed;
        if (meeting) {
            float slip = Model.SLIP * now.step_s * p.blocked[i];
            s.pushX += slip * ey;
            s.pushY -= slip * ex;
        }
    }

    /**
     * The speed that those ahead leave in a direction: the least that one of them leaves.
     *
     * @param co the cosine of the angle to the left of the heading
     * @param si its sine
     * @param enough no more need be known if it is not above this
     * @param most the most that is of use
     */
    private static float pace(Scratch s, float co, float si, float enough, float most) {
        float least = most;
        float follow = s.follow;
        for (int k = 0; k < s.kept; k++) {
            float a = s.dx[k] * co + s.dy[k] * si;
            if (a <= 0) {
                continue;
            }
            float off = Math.abs(s.soonAside[k] * co - s.soonAhead[k] * si) - s.width[k];
            if (off > FAR_ASIDE_M) {
                continue;
            }
            float even = (a - s.length[k] + Model.LATERAL_SLOPE * Math.max(0, off)) * s.perGap[k];
            float theirs = s.velAhead[k] * co + s.velAside[k] * si;
            float change = theirs - even;
            float leaves = even + (change > 0 ? follow : Model.BRAKE) * change;
            if (leaves < least) {
                least = leaves;
                if (least <= enough) {
                    // Who stands in the way most likely stands in other ways too.
                    s.toFront(k);
                    return least;
                }
            }
        }
        return least;
    }

    /** What is left of the own width for one who passes those who come the other way, the longer one is blocked the less. */
    private static float slimness(float blocked) {
        return Model.SLIM + blocked * (Model.SLIMMEST - Model.SLIM);
    }

    /**
     * Leads one who walks straight against the end of a wall around it, on the side where the wall is not. The shortest way of a
     * point touches the end, so on both sides of it the field leads back to it, and a body would lean against it for good.
     */
    private void aroundTips(boolean[] open, float px, float py, float clear, Scratch s) {
        float speed2 = s.velocityX * s.velocityX + s.velocityY * s.velocityY;
        if (speed2 == 0) {
            return;
        }
        for (int w = near.start(s.bin); w < near.end(s.bin); w++) {
            int item = near.item(w);
            if (item >= walls.count() && open[item - walls.count()]) {
                continue;
            }
            double alongX = walls.bx(item) - walls.ax(item);
            double alongY = walls.by(item) - walls.ay(item);
            double t = (px - walls.ax(item)) * alongX + (py - walls.ay(item)) * alongY;
            double l2 = alongX * alongX + alongY * alongY;
            boolean isBeyond = t > l2;
            // Just before the end, too: it is the end that one must get past.
            if (Math.min(t, l2 - t) > TIP_M * Math.sqrt(l2)) {
                continue;
            }
            isBeyond |= t > l2 / 2;
            double dx = (isBeyond ? walls.bx(item) : walls.ax(item)) - px;
            double dy = (isBeyond ? walls.by(item) : walls.ay(item)) - py;
            double d2 = dx * dx + dy * dy;
            double near2 = (clear + 0.1) * (clear + 0.1);
            if (d2 > near2 || d2 == 0) {
                continue;
            }
            double d = Math.sqrt(d2);
            double speed = Math.sqrt(speed2);
            double tangentX = -dy / d;
            double tangentY = dx / d;
            double towards = (s.velocityX * dx + s.velocityY * dy) / (d * speed);
            if (towards < STRAIGHT) {
                continue;
            }
            double outward = (tangentX * alongX + tangentY * alongY) * (isBeyond ? 1 : -1);
            double sign = outward < 0 ? -1 : 1;
            s.velocityX = (float) (sign * speed * tangentX);
            s.velocityY = (float) (sign * speed * tangentY);
            return;
        }
    }

    private void move(Now now, int i, Scratch s) {
        People p = now.people;
        float px = p.x[i];
        float py = p.y[i];
        float dt = now.step_s;
        if ((s.nearby & NEAR_WALLS) != 0) {
            aroundTips(now.open, px, py, p.radius[i] * Model.WALL, s);
        }
        float ux = s.velocityX * dt + s.pushX;
        float uy = s.velocityY * dt + s.pushY;
        float u2 = ux * ux + uy * uy;
        if (u2 > FARTHEST_STEP_M * FARTHEST_STEP_M) {
            float f = FARTHEST_STEP_M / (float) Math.sqrt(u2);
            ux *= f;
            uy *= f;
        }
        float qx = px + ux;
        float qy = py + uy;
        int surface = p.surface[i];
        if ((s.nearby & NEAR_WALLS) != 0) {
            int wallsFrom = near.start(s.bin);
            int wallsTo = near.end(s.bin);
            float clear = p.radius[i] * Model.WALL;
            for (int round = 0; round < 2; round++) {
                for (int w = wallsFrom; w < wallsTo; w++) {
                    int item = near.item(w);
                    if (item >= walls.count() && now.open[item - walls.count()]) {
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
                if (item >= walls.count() && now.open[item - walls.count()]) {
                    continue;
                }
                if (walls.crossing(item, px, py, qx, qy) != 0) {
                    qx = px;
                    qy = py;
                    break;
                }
            }
            float speed = (float) Math.sqrt(s.velocityX * s.velocityX + s.velocityY * s.velocityY);
            if (speed > 0) {
                float done = ((qx - px - s.pushX) * s.velocityX + (qy - py - s.pushY) * s.velocityY) / (speed * dt);
                float part = Math.clamp(done / speed, 0f, 1f);
                s.velocityX *= part;
                s.velocityY *= part;
            }
        }
        if ((s.nearby & NEAR_PORTALS) != 0) {
            int portal = portalCrossed(surface, px, py, qx, qy);
            if (portal >= 0) {
                int other = ground.terrain().portals().get(portal).other(surface);
                if (ground.isFree(other, px, py, qx, qy)) {
                    surface = other;
                } else {
                    qx = px;
                    qy = py;
                }
            }
        }
        if (surface != p.surface[i] || (s.nearby & NEAR_TRIPWIRES) != 0) {
            s.note(i);
        }
        if (p.nextState[i] == People.DOWN && p.state[i] == People.DOWN) {
            qx = px;
            qy = py;
        }
        now.roster.walked[p.person[i]] += (float) Math.sqrt((qx - px) * (qx - px) + (qy - py) * (qy - py));
        p.nextX[i] = qx;
        p.nextY[i] = qy;
        p.nextVx[i] = s.velocityX;
        p.nextVy[i] = s.velocityY;
        p.nextHeadingX[i] = s.headingX;
        p.nextHeadingY[i] = s.headingY;
        float pace = s.velocityX * s.velocityX + s.velocityY * s.velocityY;
        boolean stuck = pace < 0.01f * s.freeSpeed * s.freeSpeed;
        p.nextBlocked[i] = Math.clamp(p.blocked[i] + dt * (stuck ? Model.BLOCK_RATE : -Model.FREE_RATE), 0f, 1f);
        p.nextRemaining[i] = s.remaining;
        p.nextSurface[i] = (short) surface;
        p.nextCell[i] = cells.cell(surface, qx, qy);
    }

    /** The index of the portal that a way leads through; -1: none. */
    private int portalCrossed(int surface, float px, float py, float qx, float qy) {
        Bins bins = portalBins;
        if (bins == null) {
            return -1;
        }
        int bin = bins.bin(surface, px, py);
        for (int w = bins.start(bin); w < bins.end(bin); w++) {
            int portal = bins.item(w);
            if (ground.terrain().portals().get(portal).line().crossing(px, py, qx, qy) != 0) {
                return portal;
            }
        }
        return -1;
    }
}
