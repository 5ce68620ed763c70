// SPDX-License-Identifier: Apache-2.0
package org.polias.store.quarantine;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.admission.Quarantined;

/**
 * A payload in quarantine.
 *
 * @param payload the payload; in a list only its beginning
 * @param payload_bytes how long what is kept of it is
 * @param replayedAt when it was last offered again
 */
public record QuarantineEntry(Quarantined payload, int payload_bytes, Optional<Instant> replayedAt) {}
