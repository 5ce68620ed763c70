// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.util.Optional;

import org.polias.model.id.AssetId;
import org.polias.model.id.ThingId;
import org.polias.model.place.Position;

/**
 * A physical object that carries sensors (SensorThings: Thing).
 *
 * @param asset the asset that it watches or is a part of
 * @param gateway the name of what connects it; things with one gateway fail together
 */
public record Thing(ThingId id, String name, Position position, Optional<AssetId> asset, Optional<String> gateway) {}
