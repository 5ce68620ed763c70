// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import org.polias.model.observation.Result;

/** A result as a value of JSON. */
public final class ReadingValue {

    private ReadingValue() {}

    /** A number, a boolean, a string or an array of numbers; of an event its type. */
    public static Object of(Result result) {
        return switch (result) {
            case Result.Quantity quantity -> quantity.value();
            case Result.Count count -> count.value();
            case Result.Truth truth -> truth.value();
            case Result.Category category -> category.code();
            case Result.Vector vector -> vector.values();
            case Result.EventRecord event -> event.type();
            case Result.Text text -> text.value();
        };
    }
}
