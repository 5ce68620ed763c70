// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics.location;

import java.util.List;
import java.util.Optional;

import org.polias.model.place.Covariance;
import org.polias.model.place.Offset;

/**
 * A source of sound: one or several sounds from one place.
 *
 * @param kind how much may be made of {@link #place}
 * @param place the most probable place; of a band or an area only its middle
 * @param covariance its 95 % ellipse about {@code place} holds the source with probability 0.95, whatever the posterior's form
 * @param times_s when the sounds were made, since the arrivals' epoch
 * @param timeSigma_s one standard deviation of the first of them
 * @param candidates the places between which the arrivals cannot decide, the most probable first; one if they can
 * @param arrivals what each arrival was taken for
 * @param curve points along the hyperbola of a {@link Kind#BAND}, else empty
 * @param trajectory of the bullet, where its shock wave was heard
 * @param logEvidence ln of how much better one source explains the arrivals than chance does
 * @param notes what to know before it is relied on, for people
 */
public record LocatedSound(
        Kind kind,
        Offset place,
        Covariance covariance,
        List<Double> times_s,
        double timeSigma_s,
        List<Candidate> candidates,
        List<Explained> arrivals,
        List<Offset> curve,
        Optional<Trajectory> trajectory,
        double logEvidence,
        List<String> notes) {

    /** What there is to be known of a place. */
    public enum Kind {
        /** A point that more arrivals agree on than it takes to find it. */
        POINT,
        /** A point from three arrivals: if one of them is an echo, nothing shows it. */
        UNCHECKED,
        /** Several places fit: one of the candidates, or somewhere else within the ellipse. */
        CANDIDATES,
        /** Two arrivals: somewhere along a hyperbola. */
        BAND,
        /** Somewhere around. */
        AREA
    }

    /** A place that may be the source's, with the probability that it is. */
    public record Candidate(Offset place, Covariance covariance, double probability) {}

    /** What an arrival was taken for. */
    public enum Role {
        /** It came straight from the source. */
        DIRECT,
        /** It is the source's echo. */
        ECHO,
        /** It is the shock wave of the source's bullet. */
        SHOCK,
        /** It does not fit. */
        UNEXPLAINED
    }

    /**
     * @param arrival its number among those given
     * @param sound which of the source's sounds it is of
     * @param residual_s by how much it came later than the direct sound was due
     * @param probability of the role
     */
    public record Explained(int arrival, int sound, Role role, double residual_s, double probability) {}

    public LocatedSound {
        times_s = List.copyOf(times_s);
        candidates = List.copyOf(candidates);
        arrivals = List.copyOf(arrivals);
        curve = List.copyOf(curve);
        notes = List.copyOf(notes);
    }

    /** How many microphones heard it directly. */
    public long directMicrophones(List<Arrival> given) {
        return arrivals.stream()
                .filter(each -> each.role() == Role.DIRECT)
                .mapToInt(each -> given.get(each.arrival()).microphone())
                .distinct()
                .count();
    }
}
