// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.polias.model.city.CalendarEntry;
import org.polias.model.city.CalendarKind;
import org.polias.model.city.SiteDefinition;
import org.polias.model.city.Zone;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Place;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/**
 * What the city's calendar says of a time and place: by how much it makes some sounds more probable than usual.
 *
 * @param shape where it is; absent: the whole site
 */
public record Occasion(CalendarEntry entry, Optional<Polygon> shape) {

    /** The 95 % quantile of chi-square with two degrees of freedom. */
    private static final double CHI2_2_95 = 5.991_464_547_107_98;

    /** The occasions of a site. */
    static List<Occasion> listOf(SiteDefinition site) {
        return site.calendar().stream()
                .map(entry -> new Occasion(
                        entry,
                        entry.zone()
                                .flatMap(id -> site.zones().stream()
                                        .filter(zone -> zone.id().equals(id))
                                        .findFirst())
                                .map(Zone::shape)))
                .toList();
    }

    /** Whether it is on at {@code time} and may be at {@code place}: within the shape, or so near that the ellipse reaches it. */
    boolean concerns(Instant time, Place place, LocalFrame frame) {
        if (!entry.isOn(time)) {
            return false;
        }
        if (shape.isEmpty() || shape.get().contains(place.position())) {
            return true;
        }
        for (Position corner : shape.get().shell()) {
            if (isWithin(corner, place, frame)) {
                return true;
            }
        }
        return isWithin(shape.get().centroid(), place, frame);
    }

    private static boolean isWithin(Position position, Place place, LocalFrame frame) {
        return place.covariance().mahalanobisSquared(frame.toOffset(position).minus(frame.toOffset(place.position())))
                < CHI2_2_95;
    }

    /**
     * ln of how many times more often than usual fireworks are let off. Judgement, until a city counts its own: a permitted display
     * makes an evening's dozens of a city's few; at the turn of the year there are thousands.
     */
    double moreFireworks() {
        return switch (entry.kind()) {
            case FIREWORKS -> 2.5;
            case NEW_YEAR -> 3.5;
            case CONSTRUCTION -> 0;
        };
    }

    /** ln of how many times more often than usual tools work and heavy things fall. */
    double moreImpacts() {
        return entry.kind() == CalendarKind.CONSTRUCTION ? 2 : 0;
    }
}
