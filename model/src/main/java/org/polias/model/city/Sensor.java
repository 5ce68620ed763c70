// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import org.polias.model.id.SensorId;
import org.polias.model.id.ThingId;

/**
 * A sensor on a thing.
 *
 * @param kind what sort of device it is
 * @param model maker and type, for people
 * @param range_m how far from it the things lie that it reports, 1 sigma: the place of a detection is no more precise
 */
public record Sensor(SensorId id, ThingId thing, SensorKind kind, String model, double range_m) {}
