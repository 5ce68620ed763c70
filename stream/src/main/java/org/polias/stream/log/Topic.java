// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.log;

import org.polias.model.admission.Quarantined;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.stream.wire.Codec;
import org.polias.stream.wire.QuarantinedCodec;
import org.polias.stream.wire.SiteEventCodec;
import org.polias.stream.wire.SiteOutcomeCodec;

/**
 * A topic of the log.
 *
 * @param name its name in Kafka
 * @param codec the form of its values
 * @param <T> what its records are
 */
public record Topic<T>(String name, Codec<T> codec) {

    /** What the sites learn: the one input of the folds. Keyed by site. */
    public static final Topic<SiteEvent> SITE_EVENTS = new Topic<>("polias.site-events", new SiteEventCodec());
    /** What the folds give out. Keyed by site, in the partition of the event that caused it. */
    public static final Topic<SiteOutcome> OUTCOMES = new Topic<>("polias.outcomes", new SiteOutcomeCodec());
    /** What was refused and is kept. Keyed by tenant and device. */
    public static final Topic<Quarantined> QUARANTINE = new Topic<>("polias.quarantine", new QuarantinedCodec());
}
