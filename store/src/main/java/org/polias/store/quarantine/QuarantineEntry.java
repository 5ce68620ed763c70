// SPDX-License-Identifier: Apache-2.0
package org.polias.store.quarantine;

import java.time.Instant;
import java.util.Optional;

import org.polias.model.admission.Quarantined;

/** A payload in quarantine, and when it was last offered again. */
public record QuarantineEntry(Quarantined payload, Optional<Instant> replayedAt) {}
