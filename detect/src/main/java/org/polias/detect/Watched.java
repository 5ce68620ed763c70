// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.util.List;

import org.polias.model.detection.EntityRef;
import org.polias.model.id.SiteKey;
import org.polias.model.observation.Observation;
import org.polias.model.place.Place;

/**
 * What a detector watches, as its detections tell of it.
 *
 * @param id of the datastream, zone, asset or site
 * @param name for people
 * @param place where things lie that are observed there, no more precisely than the sensor justifies
 * @param entities what every detection about it is about
 */
public record Watched(SiteKey site, String id, String name, Place place, List<EntityRef> entities) {

    public Watched {
        entities = List.copyOf(entities);
    }

    /** The place of what {@code observation} reports: about the position that it carries, else about the sensor's. */
    public Place placeOf(Observation observation) {
        return observation
                .position()
                .map(position -> new Place(position, place.covariance()))
                .orElse(place);
    }
}
