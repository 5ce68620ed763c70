// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.time.Duration;
import java.time.Instant;

import org.polias.model.detection.DetectionDomain;

/**
 * From when to when, in event time, an incident has evidence from one field.
 *
 * @param lasts whether a condition of that field lasts beyond {@code last}
 */
public record Span(DetectionDomain domain, Instant first, Instant last, boolean lasts) {

    /**
     * How many seconds {@code time} lies outside the span; 0 within it. A condition that lasts makes it longer, but not for ever:
     * in event time, too, one of which nothing is heard for {@code staleAfter} counts as ended.
     */
    public double secondsOutside(Instant time, Duration staleAfter) {
        if (time.isBefore(first)) {
            return seconds(time, first);
        }
        Instant end = lasts ? last.plus(staleAfter) : last;
        return time.isAfter(end) ? seconds(end, time) : 0;
    }

    /** How many seconds of it lie before {@code time}: over so long a time its detections are spread. */
    public double secondsBefore(Instant time) {
        Instant end = time.isBefore(last) ? time : last;
        return end.isAfter(first) ? seconds(first, end) : 0;
    }

    /** The span that holds this and {@code time}. */
    Span with(Instant time, boolean stillLasts) {
        return new Span(domain, time.isBefore(first) ? time : first, time.isAfter(last) ? time : last, stillLasts);
    }

    private static double seconds(Instant from, Instant to) {
        return (to.getEpochSecond() - from.getEpochSecond()) + (to.getNano() - from.getNano()) / 1e9;
    }
}
