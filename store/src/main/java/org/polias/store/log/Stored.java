// SPDX-License-Identifier: Apache-2.0
package org.polias.store.log;

/**
 * What became of a batch from the log.
 *
 * @param stored how many records were stored
 * @param duplicates how many were there already
 * @param skippedSlices how many slices had been stored before as a whole
 * @param unfoldable how many incident events were kept though they do not follow what is known of their incident; 0 unless the
 *     log lost something
 */
public record Stored(long stored, long duplicates, int skippedSlices, long unfoldable) {}
