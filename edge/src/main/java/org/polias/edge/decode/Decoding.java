// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

import org.polias.model.Sorted;
import org.polias.model.admission.Reason;

/**
 * What a payload turned out to hold, item by item in the order of the payload.
 *
 * @param headers of rows: what has to stand before them so that they can be read by themselves, by the index of the first row
 *     to which it belongs
 */
public record Decoding(Shape shape, List<Decoded> items, SortedMap<Integer, String> headers) {

    public Decoding {
        items = List.copyOf(items);
        headers = Sorted.copyOf(headers);
    }

    Decoding(Shape shape, List<Decoded> items) {
        this(shape, items, Collections.emptySortedMap());
    }

    /** How the items lie in the payload, which decides how those that are refused can be cut out of it. */
    public enum Shape {
        /** The payload is one item. */
        SINGLE,
        /** The items are the elements of one JSON array. */
        ARRAY,
        /** The items are lines. */
        LINES,
        /** The items are rows of data arrays; they mean nothing without their header. */
        ROWS
    }

    /** A payload that is refused as a whole. */
    public static Decoding refused(Reason reason, String detail, int length) {
        return new Decoding(Shape.SINGLE, List.of(new Decoded.Refusal(reason, detail, 0, length)));
    }
}
