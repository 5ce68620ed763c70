// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.util.Optional;

import org.polias.model.id.SiteId;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/**
 * A site: a place that is watched as one, such as a stadium district, a station, a festival.
 *
 * @param origin the origin of its local frame, near its middle
 * @param expectedPeople how many people are usually there on a busy day
 * @param vulnerability how badly harm strikes there compared with an open street (1): crowds that cannot leave, children,
 *     hazardous material; 0.1 to 10
 */
public record Site(
        SiteId id,
        String name,
        SiteClass siteClass,
        Position origin,
        Optional<Polygon> boundary,
        int expectedPeople,
        double vulnerability) {}
