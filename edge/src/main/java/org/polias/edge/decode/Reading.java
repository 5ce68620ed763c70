// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.observation.Quality;
import org.polias.model.place.Position;

/**
 * An observation as it was sent: well-formed in itself, but not yet held against what is registered.
 *
 * @param datastream the datastream that the item itself names, empty where it names none
 * @param phenomenonTime absent where the sender gave none
 * @param identity the sender's own identity for it: an id, a sequence number, or the whole line of a log
 */
public record Reading(
        Optional<String> datastream,
        Optional<Instant> phenomenonTime,
        RawResult result,
        Quality quality,
        Optional<String> identity,
        Optional<Position> position,
        int start,
        int end)
        implements Decoded {}
