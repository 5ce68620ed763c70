// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.List;
import java.util.Optional;

/** A piece of a file whatever its format (YAML, JSON, CSV), with the line on which it begins, counted from 1. */
public sealed interface Node {

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

        /** The first value of this name. */
        public Optional<Node> find(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        /** The first value of this name, if it is a single value. */
        public Optional<String> text(String key) {
            return find(key)
                    .flatMap(node -> node instanceof Scalar scalar ? Optional.of(scalar.text()) : Optional.empty());
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
