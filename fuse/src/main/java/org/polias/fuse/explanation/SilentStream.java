// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.event.Health;

/**
 * That a datastream reports nothing.
 *
 * @param datastream its id
 * @param health SILENT, or UNHEARD if it never reported
 * @param lastHeard when it last did
 */
public record SilentStream(String datastream, Health health, Optional<Instant> lastHeard) {}
