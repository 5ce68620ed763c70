// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.polias.fuse.site.SensorSpot;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.model.event.Health;
import org.polias.model.incident.SilentSensor;

/** Which sensors near an incident report nothing, so that their silence is no evidence of calm. */
public final class Silence {

    /** A sensor is near what lies within this many of its ranges (1 sigma each) beyond the place's own uncertainty. */
    private static final double RANGES = 3;

    private Silence() {}

    /** The silent sensors near {@code spot}, the nearest first, at most {@code limit}; none for a place that is not located. */
    public static List<SilentSensor> near(Spot spot, SiteModel site, List<SilentStream> silent, int limit) {
        if (silent.isEmpty() || !spot.located()) {
            return List.of();
        }
        List<SilentSensor> near = new ArrayList<>();
        for (SilentStream stream : silent) {
            SensorSpot sensor = site.sensors().get(stream.datastream());
            if (sensor != null && (stream.health() != Health.UNHEARD || sensor.regular())) {
                double distance_m = sensor.at().minus(spot.offset()).length_m();
                if (distance_m <= RANGES * sensor.range_m() + 2 * spot.sigma_m()) {
                    near.add(new SilentSensor(
                            sensor.sensor(),
                            sensor.datastream(),
                            Math.round(distance_m * 10) / 10.0,
                            stream.lastHeard()));
                }
            }
        }
        near.sort(Comparator.comparingDouble(SilentSensor::distance_m));
        return near.size() <= limit ? near : near.subList(0, limit);
    }
}
