// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** A closed interval of numbers. */
public record Range(double low, double high) {

    /** @throws IllegalArgumentException if {@code low} is above {@code high} or either is not a number */
    public Range {
        if (!(low <= high)) {
            throw new IllegalArgumentException("The range from %s to %s is empty.".formatted(low, high));
        }
    }

    public boolean contains(double value) {
        return value >= low && value <= high;
    }
}
