// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

/** What kind of place a site is. */
public enum SiteClass {
    STADIUM,
    OPEN_AIR_EVENT,
    SQUARE,
    PARK,
    STATION,
    TRANSPORT_LINE,
    PUBLIC_BUILDING,
    SCHOOL,
    HOSPITAL,
    WORSHIP,
    SHOPPING,
    INDUSTRY,
    UTILITY,
    STREET
}
