// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.util.Arrays;
import java.util.SortedMap;

/** A result by its form in JSON. Which {@link org.polias.model.observation.Result} it makes depends on the datastream's kind. */
public sealed interface RawResult {

    /** A number written without fraction and exponent that fits 64 bits. */
    record Whole(long value) implements RawResult {}

    /** Any other number; infinite where it was too large to be held. */
    record Real(double value) implements RawResult {}

    /** {@code true} or {@code false}. */
    record Truth(boolean value) implements RawResult {}

    /** A string. */
    record Words(String value) implements RawResult {}

    /** An array of numbers. The array is never changed. */
    record Numbers(double... values) implements RawResult {
        @Override
        public boolean equals(Object other) {
            return other instanceof Numbers that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Numbers" + Arrays.toString(values);
        }
    }

    /** An object with a type: its fields by their names, nested names joined by dots. */
    record Event(String type, SortedMap<String, String> attributes) implements RawResult {}

    /**
     * Something that no kind of datastream takes.
     *
     * @param description what it is, with the value, as the end of a sentence
     */
    record Unfit(String description) implements RawResult {}

    /** What was sent, as the end of the sentence "The result is ...". */
    default String describe() {
        return switch (this) {
            case Whole whole -> "the number " + whole.value();
            case Real real ->
                Double.isFinite(real.value()) ? "the number " + real.value() : "a number too large to be held";
            case Truth truth -> "the truth value " + truth.value();
            case Words words -> "the string " + Excerpt.quoted(words.value());
            case Numbers numbers -> "an array of %d numbers".formatted(numbers.values().length);
            case Event event -> "an object of type " + Excerpt.quoted(event.type());
            case Unfit unfit -> unfit.description();
        };
    }
}
