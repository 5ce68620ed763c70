// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.List;

/**
 * What arrivals tell.
 *
 * @param sounds the sources, in the order of their times
 * @param unexplained the numbers of the arrivals that belong to none of them
 */
public record Located(List<LocatedSound> sounds, List<Integer> unexplained) {

    public Located {
        sounds = List.copyOf(sounds);
        unexplained = List.copyOf(unexplained);
    }
}
