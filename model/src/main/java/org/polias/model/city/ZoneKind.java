// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** What a zone is, which also decides how a map draws it. */
public enum ZoneKind {
    STAND,
    PITCH,
    CONCOURSE,
    GATE_AREA,
    SQUARE,
    PARK,
    ROAD,
    RAIL,
    STOP,
    BUILDING,
    INDUSTRIAL,
    WATER,
    RESTRICTED,
    OTHER
}
