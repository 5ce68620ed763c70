// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.util.Optional;

import org.polias.fuse.city.LinkKey.Kind;
import org.polias.model.incident.IncidentType;

/**
 * What ties two incidents and how much, in nats: ln P(it | coordinated) / P(it | not). They are judgements: there is no public record of
 * coordinated incidents in cities by which they could be estimated. {@code docs/campaigns.md} has them with their reasons.
 */
final class Weights {

    private static final double DAY_S = 86_400;

    /** The mean time between the steps of one attack, and between attacks that are meant to be simultaneous. */
    static final double STEP_TAU_S = 1_200;
    /** Within this time one step prepares another. */
    static final double STEP_HORIZON_S = 7_200;
    /** The mean time between incidents with the same actor. */
    static final double ACTOR_TAU_S = 7_200;

    /** What coincidence can tell at most. */
    static final double MOST_COINCIDENCE = 7;
    /** What closeness in time can tell against. */
    static final double LEAST_TIME = -3;
    /** From here on what is shared names an actor or a place in a network, and not merely a neighbourhood. */
    static final double STRONG = 2;
    /** Of what is shared besides the weightiest, each next tells half as much: they come together. */
    static final double NEXT = 0.5;

    /** Nobody moves faster through a city: 216 km/h. */
    static final double IMPOSSIBLE_M_PER_S = 60;
    /** By car with no hindrance: 90 km/h. */
    static final double PLAUSIBLE_M_PER_S = 25;

    static final double FEASIBLE = 0.7;
    /** A vehicle or device cannot be in two places; what names it may have been misread. */
    static final double IMPOSSIBLE_BODY = -4;
    /** A credential can be copied. */
    static final double IMPOSSIBLE_CREDENTIAL = -1.5;

    static final double CYBER_PHYSICAL = 1;
    static final double HARMLESS = -1.5;
    static final double OTHER_ADDRESSES = -1.5;
    static final double OTHER_VEHICLES = -1;

    private Weights() {}

    /** What it weighs that both name the same. */
    static double shared(Kind kind) {
        return switch (kind) {
            case ADDRESS, CREDENTIAL, VEHICLE -> 5;
            case DEVICE -> 4.5;
            case HOST, SEGMENT -> 2;
            case ASSET -> 1.5;
            case GATEWAY -> 1.2;
            case ZONE, SIGNATURE -> 1;
            case TECHNIQUE -> 0.5;
            case TYPE, SITE -> 0;
        };
    }

    /** How many incidents of a type a site has in a second at a busy hour, by chance. */
    static double rate_per_s(IncidentType type) {
        return switch (type) {
                    case ARMED_ATTACK -> 0.002;
                    case TOXIC_RELEASE -> 0.01;
                    case SABOTAGE -> 0.5;
                    case INTRUSION -> 2;
                    case CROWD_CRUSH -> 3;
                    case HARMLESS_NOISE, TECHNICAL_FAULT -> 5;
                    case CYBER_ATTACK -> 10;
                }
                / DAY_S;
    }

    /** Whether several of a type at once may be coordinated for that alone. */
    static boolean isRare(IncidentType type) {
        return switch (type) {
            case ARMED_ATTACK, TOXIC_RELEASE -> true;
            case SABOTAGE, INTRUSION, CROWD_CRUSH, HARMLESS_NOISE, TECHNICAL_FAULT, CYBER_ATTACK -> false;
        };
    }

    /**
     * A known order of steps.
     *
     * @param saying why the first prepares the second, as the end of a sentence
     */
    record Pattern(double weight, String saying) {}

    private static final Pattern BLINDED_FIRST = new Pattern(2.5, "sensors are blinded before someone breaks in");
    private static final Pattern BLINDED_FOR_NETWORK =
            new Pattern(2, "sensors are blinded before someone reaches for the network");
    private static final Pattern LOST_FIRST = new Pattern(1, "sensors fail just before someone breaks in");
    private static final Pattern INSIDE_THEN_NETWORK =
            new Pattern(2.5, "who is inside the building reaches for its network");
    private static final Pattern NETWORK_OPENS = new Pattern(2, "who holds the network opens doors and blinds sensors");
    private static final Pattern NETWORK_BREAKS = new Pattern(1.5, "who holds the network breaks what hangs on it");
    private static final Pattern NETWORK_RELEASES = new Pattern(1.5, "who holds the network can open valves");
    private static final Pattern BEFORE_ATTACK = new Pattern(2, "it prepares an attack on people");

    /** The pattern by which {@code first} prepares {@code second}, if there is one. */
    static Optional<Pattern> findPattern(IncidentType first, IncidentType second) {
        return switch (first) {
            case SABOTAGE ->
                switch (second) {
                    case INTRUSION -> Optional.of(BLINDED_FIRST);
                    case CYBER_ATTACK -> Optional.of(BLINDED_FOR_NETWORK);
                    case ARMED_ATTACK, TOXIC_RELEASE -> Optional.of(BEFORE_ATTACK);
                    case SABOTAGE, CROWD_CRUSH, HARMLESS_NOISE, TECHNICAL_FAULT -> Optional.empty();
                };
            case TECHNICAL_FAULT ->
                switch (second) {
                    case INTRUSION -> Optional.of(LOST_FIRST);
                    case SABOTAGE,
                            CYBER_ATTACK,
                            ARMED_ATTACK,
                            TOXIC_RELEASE,
                            CROWD_CRUSH,
                            HARMLESS_NOISE,
                            TECHNICAL_FAULT -> Optional.empty();
                };
            case INTRUSION ->
                switch (second) {
                    case CYBER_ATTACK -> Optional.of(INSIDE_THEN_NETWORK);
                    case ARMED_ATTACK, TOXIC_RELEASE -> Optional.of(BEFORE_ATTACK);
                    case SABOTAGE, INTRUSION, CROWD_CRUSH, HARMLESS_NOISE, TECHNICAL_FAULT -> Optional.empty();
                };
            case CYBER_ATTACK ->
                switch (second) {
                    case INTRUSION, SABOTAGE -> Optional.of(NETWORK_OPENS);
                    case TECHNICAL_FAULT -> Optional.of(NETWORK_BREAKS);
                    case TOXIC_RELEASE -> Optional.of(NETWORK_RELEASES);
                    case ARMED_ATTACK -> Optional.of(BEFORE_ATTACK);
                    case CYBER_ATTACK, CROWD_CRUSH, HARMLESS_NOISE -> Optional.empty();
                };
            case ARMED_ATTACK, TOXIC_RELEASE, CROWD_CRUSH, HARMLESS_NOISE -> Optional.empty();
        };
    }
}
