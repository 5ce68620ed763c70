// SPDX-License-Identifier: Apache-2.0
package org.polias.store.history;

import java.time.Instant;

import org.polias.model.id.DeviceId;
import org.polias.model.observation.Observation;

/**
 * An observation as the history has it: times to the microsecond.
 *
 * @param receivedAt when it arrived at the platform
 * @param device who delivered it
 */
public record StoredObservation(Observation observation, Instant receivedAt, DeviceId device) {}
