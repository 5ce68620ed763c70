// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** The kind of a datastream's results; one for each form of {@link org.polias.model.observation.Result}. */
public enum ResultKind {
    QUANTITY,
    COUNT,
    TRUTH,
    CATEGORY,
    VECTOR,
    EVENT,
    TEXT
}
