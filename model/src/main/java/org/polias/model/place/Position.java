// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

/** A point on the WGS84 ellipsoid, in degrees. */
public record Position(double longitude, double latitude) {

    /** @throws IllegalArgumentException if a coordinate is not finite or outside -180..180, -90..90 */
    public Position {
        if (!(longitude >= -180 && longitude <= 180) || !(latitude >= -90 && latitude <= 90)) {
            throw new IllegalArgumentException(
                    "The position (longitude %s, latitude %s) is not on the earth.%nMaybe longitude and latitude are exchanged: GeoJSON writes longitude first."
                            .formatted(longitude, latitude));
        }
    }
}
