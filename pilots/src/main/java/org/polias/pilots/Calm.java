// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.polias.model.city.Zone;
import org.polias.model.city.ZoneKind;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;

/** The city when nothing is wrong: people, weather and sounds as functions of time (seconds since the epoch) and place. */
final class Calm {

    /** Level of a town street at 10 m: about a car every ten seconds and a tram now and then. */
    private static final double STREET_AT_10M_DB = 57;
    /** Leaves, wind and the city beyond. */
    private static final double BACKGROUND_DB = 43;
    /** One of three people speaks, at conversation level. */
    private static final double TALKING_AT_1M_DB = 58;
    /** How much louder a spectator is in play than in conversation. */
    private static final double PLAY_DB = 12;
    /** A goal, or nearly one. */
    private static final double CHEER_DB = 6;

    private static final double CHEER_EVERY_S = 420;
    private static final double CHEER_LASTS_S = 24;

    private final Places places;
    private final MatchDay day;
    private final Weather weather;
    private final Noise noise;
    private final List<Zone> crowded;

    Calm(Places places, MatchDay day, Noise noise) {
        this.places = places;
        this.day = day;
        this.noise = noise;
        this.weather = new Weather(noise.named("weather"));
        this.crowded = places.listZones().stream()
                .filter(zone -> zone.expectedPeople() > 0)
                .toList();
    }

    Weather weather() {
        return weather;
    }

    double excitement(double t_s) {
        return day.excitement(t_s);
    }

    /** How many people are in a zone. */
    double people(Zone zone, double t_s) {
        double wander = 0.07 * noise.named(zone.id().value()).smooth(t_s / 90);
        return zone.expectedPeople() * day.occupancy(zone.kind(), t_s) * (1 + wander);
    }

    /** By how much the stands are louder than their usual murmur: slow swells, never a bang. */
    double cheer_dB(double t_s) {
        double since_s = Math.floorMod((long) (t_s * 1000), (long) (CHEER_EVERY_S * 1000)) / 1000.0;
        double cheer = since_s < CHEER_LASTS_S ? (1 - Math.cos(2 * Math.PI * since_s / CHEER_LASTS_S)) / 2 : 0;
        return day.excitement(t_s)
                * (CHEER_DB * cheer + 1.5 * noise.named("murmur").smooth(t_s / 14));
    }

    /** What is to be heard at a place. */
    Ear ear(Offset at) {
        double toRoad_m = Double.POSITIVE_INFINITY;
        List<Heard> heard = new ArrayList<>();
        for (Zone zone : places.listZones()) {
            if (zone.kind() == ZoneKind.ROAD) {
                for (Position corner : zone.shape().shell()) {
                    toRoad_m =
                            Math.min(toRoad_m, places.offset(corner).minus(at).length_m());
                }
            }
        }
        for (Zone zone : crowded) {
            double distance_m = places.centre(zone).minus(at).length_m();
            heard.add(
                    new Heard(zone, Math.max(distance_m, Math.sqrt(zone.shape().area_m2()) / 2)));
        }
        heard.sort(Comparator.comparingDouble(Heard::distance_m));
        return new Ear(toRoad_m, List.copyOf(heard));
    }

    /** A place from which the city is heard. */
    final class Ear {

        private final double toRoad_m;
        private final List<Heard> heard;

        private Ear(double toRoad_m, List<Heard> heard) {
            this.toRoad_m = toRoad_m;
            this.heard = heard;
        }

        /**
         * The level of everything that is not an exercise's.
         *
         * @param people how many people are in a zone
         */
        double level_dB(double t_s, People people) {
            return Acoustics.level_dB(streetEnergy(t_s) + crowdEnergy(t_s, people));
        }

        /** The energy of traffic and of all that is always there. */
        double streetEnergy(double t_s) {
            double street = Acoustics.besideRoad_dB(STREET_AT_10M_DB, toRoad_m)
                    + 2.5 * noise.named("street").smooth(t_s / 11 + toRoad_m);
            return Acoustics.energy(BACKGROUND_DB) + Acoustics.energy(street);
        }

        /** The energy of voices. */
        double crowdEnergy(double t_s, People people) {
            double energy = 0;
            for (Heard crowd : heard) {
                double talking = people.in(crowd.zone, t_s) / 3;
                if (talking > 0) {
                    double each = TALKING_AT_1M_DB
                            + (crowd.zone.kind() == ZoneKind.STAND ? PLAY_DB * day.excitement(t_s) + cheer_dB(t_s) : 0);
                    energy += talking * Acoustics.energy(Acoustics.atDistance_dB(each, crowd.distance_m));
                }
            }
            return energy;
        }
    }

    /** How many people are in a zone at a time. */
    interface People {
        double in(Zone zone, double t_s);
    }

    private record Heard(Zone zone, double distance_m) {}
}
