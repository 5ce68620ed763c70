// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.site;

import java.time.Instant;

/**
 * How many people one datastream counted last.
 *
 * @param zone the zone in which it counts
 * @param at when the platform learned it
 */
public record ZoneCount(String datastream, String zone, long people, Instant at) {}
