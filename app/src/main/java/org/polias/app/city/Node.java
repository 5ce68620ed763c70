// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.List;

/** A piece of a file whatever its format (YAML, JSON, CSV), with the line on which it begins, counted from 1. */
sealed interface Node {

    int line();

    /**
     * A single value, still as text.
     *
     * @param absent whether it is the format's way to say that there is no value
     */
    record Scalar(int line, String text, boolean absent) implements Node {}

    /** Values in order. */
    record Items(int line, List<Node> items) implements Node {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** Named values, in the order of the file; a name that stands there twice is kept twice. */
    record Mapping(int line, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /** A named value. */
    record Entry(int line, String key, Node value) {}

    /** What it is, for a sentence. */
    default String describe() {
        return switch (this) {
            case Scalar scalar -> scalar.absent() ? "empty" : ProblemLog.quote(scalar.text());
            case Items _ -> "a list";
            case Mapping _ -> "a mapping";
        };
    }
}
