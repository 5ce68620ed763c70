// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.util.Optional;

import org.polias.model.id.ZoneId;
import org.polias.model.place.Polygon;

/**
 * A part of a site with a shape of its own.
 *
 * @param walkable_m2 the area on which people can stand; less than the shape's where stands, stalls or water take room
 * @param safeDensity_per_m2 the crowd density above which the zone is unsafe; absent where crowds are not watched
 * @param expectedPeople how many people are usually there on a busy day
 */
public record Zone(
        ZoneId id,
        String name,
        ZoneKind kind,
        Polygon shape,
        double walkable_m2,
        Optional<Double> safeDensity_per_m2,
        int expectedPeople) {}
