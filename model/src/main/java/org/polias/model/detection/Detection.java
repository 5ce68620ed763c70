// SPDX-License-Identifier: Apache-2.0
package org.polias.model.detection;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.polias.model.Sorted;
import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.StableHash;
import org.polias.model.place.Place;

/**
 * A detector's claim about the world.
 *
 * @param detector the name of the detector that makes it
 * @param subject the id of the datastream, zone, asset or site of which it is claimed; phases of one condition share it
 * @param time when, in event time, it was so
 * @param knownAt when the platform could know it: the arrival of the record that completed the evidence
 * @param logLikelihoodRatio ln of P(what was observed | it is so) / P(what was observed | it is not); 0 for {@link Phase#END}
 * @param place where, no more precisely than the sensor justifies
 * @param entities what it is about
 * @param measures the numbers behind it by name, units in the name, for the explanation
 * @param summary one sentence with values, in plain language
 */
public record Detection(
        DetectionId id,
        SiteKey site,
        DetectionType type,
        Phase phase,
        String detector,
        String subject,
        Instant time,
        Instant knownAt,
        double logLikelihoodRatio,
        Place place,
        List<EntityRef> entities,
        List<Evidence> evidence,
        Map<String, Double> measures,
        String summary) {

    public Detection {
        if (!Double.isFinite(logLikelihoodRatio)) {
            throw new IllegalArgumentException("The log-likelihood ratio %s of a detection by %s is not finite."
                    .formatted(logLikelihoodRatio, detector));
        }
        entities = List.copyOf(entities);
        evidence = List.copyOf(evidence);
        measures = Sorted.copyOf(measures);
    }

    /** The id of a detection: the same whenever the same detector claims the same of the same subject and time. */
    public static DetectionId idOf(
            SiteKey site, DetectionType type, Phase phase, String detector, String subject, Instant time) {
        long hash = new StableHash()
                .add(site.text())
                .add(type.code())
                .add(phase.name())
                .add(detector)
                .add(subject)
                .add(time.getEpochSecond())
                .add(time.getNano())
                .value();
        return new DetectionId("D-" + StableHash.base32(hash, 12));
    }
}
