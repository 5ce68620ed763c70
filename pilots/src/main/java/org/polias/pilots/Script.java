// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.util.List;
import java.util.Optional;

import org.polias.model.acoustics.SoundClass;
import org.polias.model.city.Zone;
import org.polias.model.place.Offset;

/**
 * What an exercise does to the world, as a function of the time since it began. It changes what sensors measure, adds what
 * happens, and takes sensors away; it knows nothing of how the platform sees it. Elapsed times are in seconds; positions are in
 * the world's frame.
 */
interface Script {

    Exercise exercise();

    /** The impulsive sounds, in the order of their times. */
    default List<Bang> bangs() {
        return List.of();
    }

    /**
     * How many people are in a zone.
     *
     * @param calm how many there would be without the exercise
     */
    default double people(Zone zone, double calm, double elapsed_s) {
        return calm;
    }

    /** Ammonia in the air that is not there otherwise, ppm. */
    default double ammonia_ppm(Offset at, double elapsed_s, Weather weather, double t_s) {
        return 0;
    }

    /** By how much another property is moved, in its unit. */
    default double shift(String property, double elapsed_s) {
        return 0;
    }

    /** Whether what hangs on this gateway has fallen silent. */
    default boolean isLost(Optional<String> gateway, double elapsed_s) {
        return false;
    }

    /** What happens at doors, in the order of their times. */
    default List<DoorCue> doorCues() {
        return List.of();
    }

    /** What network sensors alert of, in the order of their times. */
    default List<AlertCue> alertCues() {
        return List.of();
    }

    /** What there is to be found, for scoring. */
    List<Truth> truths();

    /**
     * A sound that is over in a moment.
     *
     * @param kind what makes it: a shot or a firework
     * @param levelAt1m_dB its highest A-weighted level with fast time weighting, at 1 m
     */
    record Bang(double at_s, Offset from, double levelAt1m_dB, SoundClass kind) {}

    /** Something that happens at a door or gate. */
    record DoorCue(double at_s, String datastream, String type, String door, String credential, String reason) {}

    /** An alert of a network sensor. */
    record AlertCue(
            double at_s,
            String datastream,
            String source,
            String destination,
            int destinationPort,
            Signature signature) {}

    /** A part of the ground truth. */
    record Truth(double from_s, double to_s, org.polias.model.incident.IncidentType type, Offset at, String what) {}
}
