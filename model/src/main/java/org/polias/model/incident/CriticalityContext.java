// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.polias.model.Sorted;
import org.polias.model.id.ZoneId;

/**
 * Circumstances in which incidents matter more or less than usual: an event day, a guest who draws threats, a raised alert level.
 *
 * @param name what people call it
 * @param from when it begins; absent: it always holds
 * @param until when it ends; absent: it does not
 * @param zone where it holds, where that is not the whole site
 * @param types which incidents it is about; empty: all
 * @param steps by how many levels it raises, or lowers where negative
 * @param people how many people are expected on the whole site meanwhile, where that is another number than usual
 */
public record CriticalityContext(
        String name,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<ZoneId> zone,
        Set<IncidentType> types,
        int steps,
        Optional<Integer> people) {

    /** @throws IllegalArgumentException if it lowers the level of some types only: then what is likelier could matter less */
    public CriticalityContext {
        types = Sorted.copyOf(types);
        if (steps < 0 && !types.isEmpty()) {
            throw new IllegalArgumentException(
                    "The context '%s' lowers the level of %s only.%nMaybe let it hold for all types."
                            .formatted(name, types));
        }
    }

    /** Whether it holds at {@code time}. */
    public boolean isOn(Instant time) {
        return from.map(begin -> !time.isBefore(begin)).orElse(true)
                && until.map(time::isBefore).orElse(true);
    }
}
