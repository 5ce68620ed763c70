// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.port.Registry.Device;

/**
 * A device as it is registered.
 *
 * @param revokedAt since when it may not deliver any more
 */
public record DeviceEntry(Device device, Instant createdAt, Optional<Instant> revokedAt) {}
