// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** What a city's calendar tells of. */
public enum CalendarKind {
    /** Fireworks are permitted. */
    FIREWORKS,
    /** The turn of the year, when everyone lets off fireworks, permitted or not. */
    NEW_YEAR,
    /** A construction site works: hammers, drills, dropped loads, blasting. */
    CONSTRUCTION
}
