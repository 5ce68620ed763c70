// SPDX-License-Identifier: Apache-2.0
package org.polias.model.observation;

import java.util.Arrays;
import java.util.Map;

import org.polias.model.Sorted;
import org.polias.model.city.ResultKind;

/** The result of an observation. */
public sealed interface Result {

    /** The kind to which it belongs. */
    ResultKind kind();

    /** A measured quantity in the datastream's unit; always finite. */
    record Quantity(double value) implements Result {
        public Quantity {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("The quantity %s is not a finite number.".formatted(value));
            }
        }

        @Override
        public ResultKind kind() {
            return ResultKind.QUANTITY;
        }
    }

    /** A number of things; never negative. */
    record Count(long value) implements Result {
        public Count {
            if (value < 0) {
                throw new IllegalArgumentException("The count %d is negative.".formatted(value));
            }
        }

        @Override
        public ResultKind kind() {
            return ResultKind.COUNT;
        }
    }

    /** A truth value. */
    record Truth(boolean value) implements Result {
        @Override
        public ResultKind kind() {
            return ResultKind.TRUTH;
        }
    }

    /** One of a set of named categories. */
    record Category(String code) implements Result {
        @Override
        public ResultKind kind() {
            return ResultKind.CATEGORY;
        }
    }

    /** Several numbers that belong together, such as class scores or a spectrum. The array is never changed. */
    record Vector(double... values) implements Result {
        public Vector {
            values = values.clone();
            for (double value : values) {
                if (!Double.isFinite(value)) {
                    throw new IllegalArgumentException(
                            "The vector has %s, which is not a finite number.".formatted(value));
                }
            }
        }

        @Override
        public double[] values() {
            return values.clone();
        }

        @Override
        public ResultKind kind() {
            return ResultKind.VECTOR;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Vector that && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Vector" + Arrays.toString(values);
        }
    }

    /**
     * The record of something that happened, as another system reported it.
     *
     * @param type what happened, in dotted form, such as {@code suricata.alert} or {@code access.refused}
     * @param attributes its fields by name; nested names are joined by dots
     */
    record EventRecord(String type, Map<String, String> attributes) implements Result {
        public EventRecord {
            attributes = Sorted.copyOf(attributes);
        }

        @Override
        public ResultKind kind() {
            return ResultKind.EVENT;
        }
    }

    /** Free text. */
    record Text(String value) implements Result {
        @Override
        public ResultKind kind() {
            return ResultKind.TEXT;
        }
    }
}
