// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.site;

import java.util.List;

import org.polias.model.place.Offset;
import org.polias.model.place.Polygon;

/**
 * A zone as fusion sees it.
 *
 * @param samples points spread evenly over the zone, each of which stands for an equal share of its people
 */
public record Area(String id, String name, Polygon shape, int expectedPeople, List<Offset> samples) {

    public Area {
        samples = List.copyOf(samples);
    }
}
