// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.id.ZoneId;

/**
 * Something that the city knows of in advance and that is heard: it changes what a sound probably is, and hides none.
 *
 * @param name what people call it
 * @param from when it begins
 * @param until when it ends
 * @param zone where it is, where it is not the whole site
 */
public record CalendarEntry(CalendarKind kind, String name, Instant from, Instant until, Optional<ZoneId> zone) {

    /** @throws IllegalArgumentException if it ends before it begins */
    public CalendarEntry {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException(
                    "The calendar's '%s' begins at %s and ends at %s.".formatted(name, from, until));
        }
    }

    /** Whether it is under way at {@code time}. */
    public boolean isOn(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }
}
