// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.ground;

import java.util.List;
import java.util.Optional;

import org.polias.model.place.Position;

/**
 * Which part of a map is wanted.
 *
 * @param centre its middle; absent: where there is most room for people
 * @param radius_m half the side of the square around it
 */
public record District(Optional<Position> centre, double radius_m) {

    /** Half a kilometre each way: what a crowd leaves on foot. */
    public static final District DEFAULT = new District(Optional.empty(), 300);

    private static final double MAX_M = 5000;

    /** @throws IllegalArgumentException if it has no size, or that of a whole city */
    public District {
        if (!(radius_m >= 20 && radius_m <= MAX_M)) {
            throw new IllegalArgumentException(
                    "A district of %s m around its middle is not simulated.%nMaybe 20 to %.0f m."
                            .formatted(radius_m, MAX_M));
        }
    }

    /** What came of making ground of a map. */
    public sealed interface Made {

        /**
         * There is ground.
         *
         * @param notes what was assumed, mended and left out
         */
        record Ground(Situation situation, List<String> notes) implements Made {
            public Ground {
                notes = List.copyOf(notes);
            }
        }

        /** There is none, for these reasons. */
        record Nothing(List<String> lacks) implements Made {
            public Nothing {
                lacks = List.copyOf(lacks);
            }
        }
    }
}
