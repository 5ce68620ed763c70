// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import org.polias.detect.acoustics.Episode.Tally;
import org.polias.model.detection.DetectionType;

/** What a bang can be claimed to be. */
enum Bang {
    SHOT(DetectionType.GUNSHOT, "A shot", "shots"),
    EXPLOSION(DetectionType.EXPLOSION, "An explosion", "explosions"),
    FIREWORK(DetectionType.FIREWORK, "A firework", "fireworks");

    private final DetectionType type;
    private final String one;
    private final String many;

    Bang(DetectionType type, String one, String many) {
        this.type = type;
        this.one = one;
        this.many = many;
    }

    DetectionType type() {
        return type;
    }

    /** One of them, to begin a sentence. */
    String one() {
        return one;
    }

    /** Several of them, within a sentence. */
    String many() {
        return many;
    }

    /** The mean of what a microphone said of it. */
    double mean(Tally tally, boolean withCalendar) {
        double sum =
                switch (this) {
                    case SHOT -> withCalendar ? tally.shot() : tally.plainShot();
                    case EXPLOSION -> withCalendar ? tally.explosion() : tally.plainExplosion();
                    case FIREWORK -> tally.firework();
                };
        return sum / tally.n();
    }
}
