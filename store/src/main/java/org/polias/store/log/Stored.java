// SPDX-License-Identifier: Apache-2.0
package org.polias.store.log;

/**
 * What became of a batch from the log.
 *
 * @param stored how many records were stored
 * @param duplicates how many were there already
 * @param skippedSlices how many slices had been stored before as a whole
 * @param unfoldable how many incidents have events that do not follow what is known of them, and are kept beside it; 0 unless the
 *     log lost something
 * @param refused how many records the database would never take, so that they were left out and reported in our log; 0 unless
 *     there is a fault in our cleaning
 */
public record Stored(long stored, long duplicates, int skippedSlices, long unfoldable, long refused) {

    /** Nothing. */
    public static final Stored NOTHING = new Stored(0, 0, 0, 0, 0);

    /** A batch of which nothing was refused and everything followed. */
    public Stored(long stored, long duplicates, int skippedSlices) {
        this(stored, duplicates, skippedSlices, 0, 0);
    }
}
