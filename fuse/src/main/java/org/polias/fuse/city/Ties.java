// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

import org.polias.fuse.city.LinkKey.Kind;
import org.polias.model.campaign.CampaignEvidence;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Position;

/** Whether two incidents are coordinated: ln P(coordinated) / P(not), as a sum of strands. */
final class Ties {

    private static final Comparator<Strand> WEIGHTIEST_FIRST =
            Comparator.comparingDouble(Strand::weight).reversed().thenComparing(Strand::key);

    private final double prior;
    private final long horizon_s;
    private final int sites;
    private final ToIntFunction<LinkKey> dismissed;

    /**
     * @param sites how many sites the city has
     * @param dismissed in how many dismissed incidents an actor was named
     */
    Ties(CitySettings settings, int sites, ToIntFunction<LinkKey> dismissed) {
        prior = StrictMath.log(settings.prior() / (1 - settings.prior()));
        horizon_s = settings.horizon().toSeconds();
        this.sites = Math.max(1, sites);
        this.dismissed = dismissed;
    }

    /** How often a city of so many sites has an incident of a type by chance. */
    static double everyFew_s(IncidentType type, int sites) {
        return 1 / (Weights.rate_per_s(type) * Math.max(1, sites));
    }

    /** What ties two incidents; nothing if there is nothing that could. */
    Optional<Tie> between(CityIncident one, CityIncident other) {
        CityIncident first = one.isBefore(other) ? one : other;
        CityIncident second = first == one ? other : one;
        double gap_s = Duration.between(first.startedAt(), second.startedAt()).toMillis() / 1000.0;
        if (gap_s > horizon_s
                || first.type().isEmpty()
                || second.type().isEmpty()
                || first.simulated() != second.simulated()
                || !first.exercise().equals(second.exercise())) {
            return Optional.empty();
        }
        List<Strand> strands = shared(first.keys(), second.keys());
        boolean strong = isStrong(strands);
        boolean sameSite = first.site().equals(second.site());
        double belief = first.probability() * second.probability();
        boolean steps = addSteps(strands, first, second, gap_s, belief, sameSite || strong);
        if (!steps && strong) {
            strands.add(Strand.of(
                    CampaignEvidence.Kind.TIME, "time", inTime(gap_s, Weights.ACTOR_TAU_S, (double) horizon_s)));
        }
        if (!sameSite) {
            if (!steps && !strong) {
                addCoincidence(strands, first, second, gap_s, belief);
            }
            addTravel(strands, first, second, gap_s);
        } else if (isCyber(first) != isCyber(second)
                && isInTheWorld(first, second)
                && gap_s <= Weights.STEP_HORIZON_S) {
            strands.add(Strand.of(
                    CampaignEvidence.Kind.CYBER_PHYSICAL,
                    "cyber-physical:" + first.site().site(),
                    belief * Weights.CYBER_PHYSICAL));
        }
        if (strands.isEmpty()) {
            return Optional.empty();
        }
        addContradictions(strands, first, second, steps);
        strands.add(Strand.of(CampaignEvidence.Kind.PRIOR, "prior", prior));
        return Optional.of(Tie.of(first, second, strands));
    }

    /** What both have, each next of it weighing half as much as it would alone. */
    private List<Strand> shared(List<LinkKey> ours, List<LinkKey> theirs) {
        List<Strand> strands = new ArrayList<>(6);
        List<String> implied = new ArrayList<>(2);
        int i = 0;
        int j = 0;
        while (i < ours.size() && j < theirs.size()) {
            LinkKey key = ours.get(i);
            int order = key.compareTo(theirs.get(j));
            if (order == 0) {
                if (key.kind() == Kind.ADDRESS || key.kind() == Kind.HOST) {
                    // Who has the same address is in the same segment: that tells nothing more. Segments come after
                    // addresses.
                    Addresses.findSegment(key.value()).ifPresent(implied::add);
                }
                double weight = weight(key);
                if (weight > 0 && !(key.kind() == Kind.SEGMENT && implied.contains(key.value()))) {
                    strands.add(new Strand(
                            key.kind() == Kind.SEGMENT
                                    ? CampaignEvidence.Kind.SHARED_SEGMENT
                                    : CampaignEvidence.Kind.SHARED_ENTITY,
                            key.kind().code() + ':' + key.site() + ':' + key.value(),
                            weight,
                            Optional.of(key),
                            0));
                }
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        if (strands.size() < 2) {
            return strands;
        }
        strands.sort(WEIGHTIEST_FIRST);
        double share = 1;
        for (int k = 0; k < strands.size(); k++) {
            Strand strand = strands.get(k);
            strands.set(k, new Strand(strand.kind(), strand.key(), strand.weight() * share, strand.shared(), 0));
            share *= Weights.NEXT;
        }
        return strands;
    }

    /** The weight of a shared thing; an actor whom operators dismissed m times before is so much less remarkable. */
    private double weight(LinkKey key) {
        double weight = Weights.shared(key.kind());
        if (weight > 0 && key.kind().namesAnActor()) {
            return Math.max(0, weight - StrictMath.log(1 + dismissed.applyAsInt(key)));
        }
        return weight;
    }

    private static boolean isStrong(List<Strand> strands) {
        for (Strand strand : strands) {
            if (strand.weight() >= Weights.STRONG) {
                return true;
            }
        }
        return false;
    }

    private static boolean addSteps(
            List<Strand> strands,
            CityIncident first,
            CityIncident second,
            double gap_s,
            double belief,
            boolean together) {
        if (!together || gap_s > Weights.STEP_HORIZON_S) {
            return false;
        }
        IncidentType before = first.type().orElseThrow();
        IncidentType after = second.type().orElseThrow();
        Optional<Weights.Pattern> pattern = Weights.findPattern(before, after);
        if (pattern.isEmpty()) {
            return false;
        }
        strands.add(Strand.of(
                CampaignEvidence.Kind.SEQUENCE,
                "sequence:" + before.code() + '>' + after.code(),
                belief * pattern.get().weight()));
        strands.add(Strand.of(
                CampaignEvidence.Kind.TIME,
                "time",
                belief * inTime(gap_s, Weights.STEP_TAU_S, Weights.STEP_HORIZON_S)));
        return true;
    }

    /** ln of the density of a gap between what belongs together (exponential) over that of a gap by chance (even over the horizon). */
    private static double inTime(double gap_s, double tau_s, double horizon_s) {
        return Math.max(Weights.LEAST_TIME, StrictMath.log(horizon_s / tau_s) - gap_s / tau_s);
    }

    /** The same at two sites so soon: ln of the density of such a gap over the rate at which the city has such incidents by chance. */
    private void addCoincidence(
            List<Strand> strands, CityIncident first, CityIncident second, double gap_s, double belief) {
        IncidentType type = first.type().orElseThrow();
        if (!second.type().orElseThrow().equals(type)) {
            return;
        }
        double term = StrictMath.log(everyFew_s(type, sites) / Weights.STEP_TAU_S) - gap_s / Weights.STEP_TAU_S;
        double weight = belief * Math.clamp(term, 0, Weights.MOST_COINCIDENCE);
        if (weight > 0) {
            strands.add(Strand.of(CampaignEvidence.Kind.COINCIDENCE, "coincidence:" + type.code(), weight));
        }
    }

    private static void addTravel(List<Strand> strands, CityIncident first, CityIncident second, double gap_s) {
        Optional<Kind> mover = findMover(strands);
        if (mover.isEmpty()
                || first.position().isEmpty()
                || second.position().isEmpty()
                || isCyber(first)
                || isCyber(second)) {
            return;
        }
        Position from = first.position().get();
        double distance_m = Math.max(
                0,
                new LocalFrame(from).distance_m(from, second.position().get())
                        - 2 * (first.sigma_m() + second.sigma_m()));
        double speed_m_per_s = distance_m / Math.max(1, gap_s);
        String key = Strand.TRAVEL + first.id() + '>' + second.id();
        if (speed_m_per_s > Weights.IMPOSSIBLE_M_PER_S) {
            strands.add(new Strand(
                    CampaignEvidence.Kind.CONTRADICTION,
                    key,
                    mover.get() == Kind.CREDENTIAL ? Weights.IMPOSSIBLE_CREDENTIAL : Weights.IMPOSSIBLE_BODY,
                    Optional.empty(),
                    speed_m_per_s));
        } else if (speed_m_per_s <= Weights.PLAUSIBLE_M_PER_S && distance_m > 0) {
            strands.add(
                    new Strand(CampaignEvidence.Kind.TRAVEL, key, Weights.FEASIBLE, Optional.empty(), speed_m_per_s));
        }
    }

    /** What both name that goes with a person through the city; what cannot be copied first. */
    private static Optional<Kind> findMover(List<Strand> strands) {
        Optional<Kind> mover = Optional.empty();
        for (Strand strand : strands) {
            if (strand.shared().isPresent()) {
                Kind kind = strand.shared().get().kind();
                if (kind == Kind.VEHICLE || kind == Kind.DEVICE) {
                    return Optional.of(kind);
                }
                if (kind == Kind.CREDENTIAL) {
                    mover = Optional.of(kind);
                }
            }
        }
        return mover;
    }

    private static void addContradictions(
            List<Strand> strands, CityIncident first, CityIncident second, boolean steps) {
        if (isHarmless(first, steps)) {
            strands.add(harmless(first));
        }
        if (isHarmless(second, steps)) {
            strands.add(harmless(second));
        }
        if (isCyber(first) && isCyber(second) && differ(first, second, Kind.ADDRESS)) {
            strands.add(contradiction("addresses", first, second, Weights.OTHER_ADDRESSES));
        }
        if (differ(first, second, Kind.VEHICLE)) {
            strands.add(contradiction("vehicles", first, second, Weights.OTHER_VEHICLES));
        }
    }

    private static Strand contradiction(String what, CityIncident first, CityIncident second, double weight) {
        return Strand.of(CampaignEvidence.Kind.CONTRADICTION, what + ':' + first.id() + '/' + second.id(), weight);
    }

    private static Strand harmless(CityIncident incident) {
        return Strand.of(
                CampaignEvidence.Kind.CONTRADICTION,
                "harmless:" + incident.id(),
                incident.probability() * Weights.HARMLESS);
    }

    private static boolean isHarmless(CityIncident incident, boolean steps) {
        return switch (incident.type().orElseThrow()) {
            case HARMLESS_NOISE -> true;
            case TECHNICAL_FAULT -> !steps;
            case ARMED_ATTACK, CROWD_CRUSH, TOXIC_RELEASE, INTRUSION, CYBER_ATTACK, SABOTAGE -> false;
        };
    }

    /** Whether both name some of this kind and none is the same. */
    private static boolean differ(CityIncident first, CityIncident second, Kind kind) {
        if (!first.hasAny(kind) || !second.hasAny(kind)) {
            return false;
        }
        for (LinkKey key : first.keys()) {
            if (key.kind() == kind && second.keys().contains(key)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCyber(CityIncident incident) {
        return incident.type().orElseThrow() == IncidentType.CYBER_ATTACK;
    }

    /** Whether the one of them that is not in a network is an act in the world. */
    private static boolean isInTheWorld(CityIncident first, CityIncident second) {
        return switch ((isCyber(first) ? second : first).type().orElseThrow()) {
            case ARMED_ATTACK, TOXIC_RELEASE, INTRUSION, SABOTAGE -> true;
            case CROWD_CRUSH, HARMLESS_NOISE, TECHNICAL_FAULT, CYBER_ATTACK -> false;
        };
    }
}
