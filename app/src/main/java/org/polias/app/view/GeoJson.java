// SPDX-License-Identifier: Apache-2.0
package org.polias.app.view;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.polias.model.place.Place;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** Places as GeoJSON (RFC 7946): longitude first. */
final class GeoJson {

    private GeoJson() {}

    static double[] coordinates(Position position) {
        return new double[] {position.longitude(), position.latitude()};
    }

    static double[] coordinates(Place place) {
        return coordinates(place.position());
    }

    static Map<String, Object> polygon(Polygon polygon) {
        return Map.of(
                "type",
                "Polygon",
                "coordinates",
                Stream.concat(Stream.of(polygon.shell()), polygon.holes().stream())
                        .map(ring -> ring.stream().map(GeoJson::coordinates).toList())
                        .toList());
    }

    static Map<String, Object> point(Position position) {
        return Map.of("type", "Point", "coordinates", coordinates(position));
    }

    static Map<String, Object> feature(Map<String, Object> geometry, Map<String, ?> properties) {
        return Map.of("type", "Feature", "geometry", geometry, "properties", properties);
    }

    static Map<String, Object> collection(List<Map<String, Object>> features) {
        return Map.of("type", "FeatureCollection", "features", features);
    }
}
