// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.secondcity;

import java.time.Instant;
import java.util.List;

import org.polias.model.city.SensorKind;
import org.polias.model.city.SiteClass;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Position;

/**
 * A day: what the city consists of, what was reported, and what was true.
 *
 * @param reports in the order in which they arrive
 */
public record CityDay(
        List<Ground> sites, List<Device> devices, List<Detection> reports, List<Truth> truths, List<Liar> liars) {

    public CityDay {
        sites = List.copyOf(sites);
        devices = List.copyOf(devices);
        reports = List.copyOf(reports);
        truths = List.copyOf(truths);
        liars = List.copyOf(liars);
    }

    /**
     * What is made.
     *
     * @param seed the same seed makes the same day
     * @param sites how many sites, 1 to 30
     * @param peak how many incidents are under way at once in the worst minutes
     * @param liars the share of the sensors that claim what did not happen
     * @param prevalence how many times as many incidents there are outside the peak as usual
     * @param hours how long the day is
     */
    public record Settings(long seed, int sites, int peak, double liars, double prevalence, double hours) {

        /** @throws IllegalArgumentException if a value is out of its range */
        public Settings {
            if (sites < 1
                    || sites > 30
                    || peak < 0
                    || peak > 1000
                    || !(liars >= 0 && liars <= 1)
                    || !(prevalence >= 0 && prevalence <= 100)
                    || !(hours >= 0.5 && hours <= 24)) {
                throw new IllegalArgumentException(
                        "A city-day of %d sites, %d incidents at once, a share of liars of %s, a prevalence of %s and %s hours cannot be made.%nMaybe use 1 to 30 sites, at most 1000 incidents, a share of 0 to 1, a prevalence of 0 to 100 and 0.5 to 24 hours."
                                .formatted(sites, peak, liars, prevalence, hours));
            }
        }
    }

    /** A site: a circle of ground. */
    public record Ground(SiteKey key, String name, SiteClass siteClass, Position origin, double radius_m, int people) {}

    /** A sensor as the city knows it; what it truly detects is not told. */
    public record Device(
            SiteKey site,
            String id,
            SensorKind kind,
            Position position,
            double range_m,
            String gateway,
            List<DetectionType> reports) {
        public Device {
            reports = List.copyOf(reports);
        }
    }

    /** Something that happened, with every report that came of it. */
    public record Truth(
            String id,
            SiteKey site,
            IncidentType type,
            Instant begins,
            Instant ends,
            Position position,
            List<DetectionId> detections) {
        public Truth {
            detections = List.copyOf(detections);
        }
    }

    /** A sensor that lies, from its first lie on. */
    public record Liar(String sensor, SiteKey site, Instant from) {}
}
