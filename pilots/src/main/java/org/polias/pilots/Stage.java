// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.util.Optional;

import org.polias.model.city.Zone;
import org.polias.model.place.Offset;

/**
 * A script that plays or has just ended, in the world's time (seconds since the epoch). When it ends, what it did to people and
 * air fades within a minute.
 *
 * @param ended_s when it was ended, or will end by itself
 */
record Stage(Script script, double begun_s, double ended_s) {

    private static final double FADE_S = 60;

    static Stage begin(Script script, double now_s) {
        return new Stage(script, now_s, now_s + script.exercise().duration().toMillis() / 1000.0);
    }

    Stage endedAt(double now_s) {
        return new Stage(script, begun_s, Math.min(ended_s, now_s));
    }

    boolean plays(double t_s) {
        return t_s >= begun_s && t_s < ended_s;
    }

    boolean isOver(double t_s) {
        return t_s >= ended_s + FADE_S;
    }

    double people(Zone zone, double calm, double t_s) {
        return calm + fade(t_s) * (script.people(zone, calm, elapsed_s(t_s)) - calm);
    }

    double ammonia_ppm(Offset at, Weather weather, double t_s) {
        return fade(t_s) * script.ammonia_ppm(at, elapsed_s(t_s), weather, t_s);
    }

    double shift(String property, double t_s) {
        return fade(t_s) * script.shift(property, elapsed_s(t_s));
    }

    boolean isLost(Optional<String> gateway, double t_s) {
        return plays(t_s) && script.isLost(gateway, t_s - begun_s);
    }

    /** 1 while it plays, falling to 0 afterwards, 0 before. */
    private double fade(double t_s) {
        return t_s < begun_s ? 0 : Math.clamp(1 - (t_s - ended_s) / FADE_S, 0, 1);
    }

    private double elapsed_s(double t_s) {
        return Math.min(t_s, ended_s) - begun_s;
    }
}
