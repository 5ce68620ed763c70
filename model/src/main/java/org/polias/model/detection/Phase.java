// SPDX-License-Identifier: Apache-2.0
package org.polias.model.detection;

/** Where in its life a detected condition stands. */
public enum Phase {
    /** It happened at a moment and is over. */
    MOMENT,
    /** It began and lasts. */
    BEGIN,
    /** It lasts and has become more, or its measure has changed notably. */
    UPDATE,
    /** It has ended. */
    END
}
