// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

/**
 * How much a payload may hold.
 *
 * @param item_bytes the longest line, or element of an array
 * @param items how many observations one payload may hold
 * @param result_bytes the largest result (text, the names and values of an event, a vector at eight bytes a number); it must
 *     leave room for the rest of a record in the log
 */
public record DecodeLimits(int item_bytes, int items, int result_bytes) {

    /** Items of 1 MiB, 50,000 of them, results of 512 KiB. */
    public static final DecodeLimits DEFAULT = new DecodeLimits(1 << 20, 50_000, 512 << 10);
}
