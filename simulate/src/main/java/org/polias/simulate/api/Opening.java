// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;

/**
 * When a door or an exit is open: at the beginning as {@code initially} says, then changed at each of the times.
 *
 * @param initially whether it is open at time 0
 * @param changes_s when it changes from open to closed or back, in rising order
 */
public record Opening(boolean initially, List<Double> changes_s) {

    /** Open at all times. */
    public static final Opening ALWAYS = new Opening(true, List.of());

    /** Closed at all times, until a simulation is told otherwise. */
    public static final Opening NEVER = new Opening(false, List.of());

    /** @throws IllegalArgumentException if the times do not rise */
    public Opening {
        changes_s = List.copyOf(changes_s);
        for (int i = 0; i < changes_s.size(); i++) {
            double before = i == 0 ? Double.NEGATIVE_INFINITY : changes_s.get(i - 1);
            if (!(changes_s.get(i) > before)) {
                throw new IllegalArgumentException("The times %s do not rise.".formatted(changes_s));
            }
        }
    }

    /** Open until {@code time_s}, closed from then on. */
    public static Opening until(double time_s) {
        return new Opening(true, List.of(time_s));
    }

    /** Closed until {@code time_s}, open from then on. */
    public static Opening from(double time_s) {
        return new Opening(false, List.of(time_s));
    }

    public boolean isOpen(double time_s) {
        boolean open = initially;
        for (double change : changes_s) {
            if (change > time_s) {
                break;
            }
            open = !open;
        }
        return open;
    }
}
