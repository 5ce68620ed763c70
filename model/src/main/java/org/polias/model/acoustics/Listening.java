// SPDX-License-Identifier: Apache-2.0
package org.polias.model.acoustics;

import java.util.Optional;

import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.id.DatastreamId;

/** What the mapping of a datastream of sound events says of how its microphone's sound is listened to. */
public final class Listening {

    /** Names the datastream that takes the sound levels. */
    public static final String LEVEL = "listen.level";
    /** The sound pressure level, dB re 20 uPa, of a sound whose root mean square is full scale. */
    public static final String FULL_SCALE = "listen.fullScale_dB";

    /** The public key (X25519, Base64) for which clips of what was heard are sealed; without it no sound is kept. */
    public static final String CLIP_KEY = "listen.clipKey";

    private Listening() {}

    /** The datastream that takes the levels of the sound that is listened to for {@code events}. */
    public static Optional<DatastreamId> findLevels(Datastream events) {
        return events.property().equals(ObservedProperty.SOUND_EVENT)
                ? Optional.ofNullable(events.mapping().get(LEVEL)).map(DatastreamId::new)
                : Optional.empty();
    }
}
