// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.OptionalDouble;

/**
 * How it is computed. The defaults are those with which the verification suite is passed and the speed is measured.
 *
 * @param step_s the time step
 * @param cell_m the cell of the navigation grid; none: from the narrowest passage and the size of the ground
 * @param sample_s how often measurement areas and maps are sampled; 0: never
 */
public record Settings(double step_s, OptionalDouble cell_m, double sample_s) {

    public static final Settings DEFAULT = new Settings(0.25, OptionalDouble.empty(), 1);

    /** @throws IllegalArgumentException if the step is not in ]0, 0.25] */
    public Settings {
        if (!(step_s > 0 && step_s <= 0.25)) {
            throw new IllegalArgumentException("The step of %s s is not in ]0, 0.25].".formatted(step_s));
        }
        if (!(sample_s >= 0)) {
            throw new IllegalArgumentException("The interval of %s s is negative.".formatted(sample_s));
        }
    }

    public Settings sampledEvery(double newSample_s) {
        return new Settings(step_s, cell_m, newSample_s);
    }
}
