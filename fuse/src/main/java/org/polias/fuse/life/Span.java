// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.time.Instant;

import org.polias.model.detection.DetectionDomain;

/**
 * From when to when, in event time, an incident has evidence from one field.
 *
 * @param lasts whether a condition of that field lasts beyond {@code last}
 */
public record Span(DetectionDomain domain, Instant first, Instant last, boolean lasts) {

    /** How many seconds {@code time} lies outside the span; 0 within it. */
    public double secondsOutside(Instant time) {
        if (time.isBefore(first)) {
            return seconds(time, first);
        }
        return lasts || !time.isAfter(last) ? 0 : seconds(last, time);
    }

    /** The span that holds this and {@code time}. */
    Span with(Instant time, boolean stillLasts) {
        return new Span(domain, time.isBefore(first) ? time : first, time.isAfter(last) ? time : last, stillLasts);
    }

    private static double seconds(Instant from, Instant to) {
        return (to.getEpochSecond() - from.getEpochSecond()) + (to.getNano() - from.getNano()) / 1e9;
    }
}
