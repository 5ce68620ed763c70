// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.belief;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.polias.fuse.trust.Trust;
import org.polias.model.detection.DetectionDomain;
import org.polias.model.incident.IncidentType;

/**
 * How many independent witnesses there are. Sensors behind one gateway are one, since who holds the gateway holds them all; a detector that listens
 * to a whole site has compared several sensors and is two; a sensor that is believed to lie is none.
 */
public final class Witnesses {

    /** What a witness must weigh for a hypothesis to be one of it, in nats. */
    private static final double LEAST = 0.5;

    private Witnesses() {}

    /** The witnesses among {@code sources} who speak for {@code hypothesis}. */
    public static int of(IncidentType hypothesis, List<Source> sources) {
        Set<String> seen = new HashSet<>();
        int arrays = 0;
        for (Source source : sources) {
            if (!source.overflow()
                    && source.lies() < Trust.NAMED_FROM
                    && Likelihoods.weight(source.type(), hypothesis, source.effective()) >= LEAST
                    && seen.add(cause(source))
                    && !source.restsOnOneSensor()) {
                arrays++;
            }
        }
        return seen.size() + arrays;
    }

    /** How many sensors besides {@code one}'s saw something in the world, too, that fits. */
    public static int besides(Source one, List<Source> sources) {
        Set<String> seen = new HashSet<>();
        for (Source source : sources) {
            if (!source.overflow()
                    && source.type().domain() != DetectionDomain.HEALTH
                    && source.type().domain() != DetectionDomain.CYBER
                    && source.lies() < Trust.NAMED_FROM
                    && source.effective() > 0
                    && !source.sensor().equals(one.sensor())) {
                seen.add(source.sensor().orElse(source.key()));
            }
        }
        return seen.size();
    }

    private static String cause(Source source) {
        return source.gateway()
                .map(gateway -> "gateway/" + gateway)
                .or(source::sensor)
                .orElse(source.key());
    }
}
