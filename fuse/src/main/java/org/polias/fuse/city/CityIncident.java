// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.city;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

import org.polias.fuse.city.LinkKey.Kind;
import org.polias.model.campaign.CampaignMember;
import org.polias.model.detection.EntityRef;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.Criticality;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Hypothesis;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentStatus;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.Place;
import org.polias.model.place.Position;

/**
 * What of an incident counts in the city. Numbers are rounded, so that what wavers a little changes nothing.
 *
 * @param type what it most probably is, once it has been assessed
 * @param probability of that type, to 0.05
 * @param position to about ten metres
 * @param sigma_m the larger standard deviation of the position, to ten metres
 * @param keys what it may have in common with others, in order
 */
public record CityIncident(
        IncidentId id,
        SiteKey site,
        long sequence,
        IncidentStatus status,
        Optional<DismissalReason> dismissal,
        boolean simulated,
        Optional<String> exercise,
        Instant startedAt,
        Instant changedAt,
        String title,
        Optional<IncidentType> type,
        double probability,
        CriticalityLevel level,
        Optional<Position> position,
        double sigma_m,
        List<LinkKey> keys) {

    private static final double PROBABILITIES = 20;
    private static final double POSITIONS_PER_DEG = 10_000;
    private static final double SIGMA_STEP_M = 10;

    public CityIncident {
        keys = List.copyOf(keys);
    }

    /**
     * What of {@code incident} counts.
     *
     * @param addresses the network addresses of its site's own assets
     */
    static CityIncident of(Incident incident, SortedSet<String> addresses) {
        Optional<Hypothesis> leading = incident.findLeadingHypothesis();
        return new CityIncident(
                incident.id(),
                incident.site(),
                incident.sequence(),
                incident.status(),
                incident.dismissal(),
                incident.simulated(),
                incident.exercise(),
                incident.startedAt(),
                incident.changedAt(),
                incident.title(),
                leading.map(Hypothesis::type),
                leading.map(one -> Math.rint(one.probability() * PROBABILITIES) / PROBABILITIES)
                        .orElse(0.0),
                incident.criticality().map(Criticality::level).orElse(CriticalityLevel.NEGLIGIBLE),
                incident.place().map(Place::position).map(CityIncident::rounded),
                incident.place().map(CityIncident::sigma_m).orElse(0.0),
                leading.map(one -> keys(incident, one.type(), addresses)).orElse(List.of()));
    }

    boolean isLive() {
        return status.isLive();
    }

    /** Whether it is tied to others exactly as {@code other}, an earlier form of it, was. */
    boolean hasTiesOf(CityIncident other) {
        return startedAt.equals(other.startedAt)
                && probability == other.probability
                && sigma_m == other.sigma_m
                && simulated == other.simulated
                && type.equals(other.type)
                && exercise.equals(other.exercise)
                && position.equals(other.position)
                && keys.equals(other.keys);
    }

    /** Whether a story that tells of it reads the same as with {@code other}, an earlier form of it. */
    boolean readsLike(CityIncident other) {
        return level == other.level && title.equals(other.title);
    }

    /** Whether the incident comes before {@code other} in the order of happening. */
    boolean isBefore(CityIncident other) {
        int byTime = startedAt.compareTo(other.startedAt);
        return byTime != 0 ? byTime < 0 : id.compareTo(other.id) < 0;
    }

    boolean hasAny(Kind kind) {
        for (LinkKey key : keys) {
            if (key.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    CampaignMember asMember() {
        return new CampaignMember(site, id, startedAt, title, type.orElseThrow(), level, position);
    }

    private static List<LinkKey> keys(Incident incident, IncidentType type, SortedSet<String> addresses) {
        SortedSet<LinkKey> keys = new TreeSet<>();
        String site = incident.site().site().value();
        keys.add(new LinkKey(Kind.SITE, "", site));
        keys.add(new LinkKey(Kind.TYPE, "", type.code()));
        for (EntityRef entity : incident.entities()) {
            String value = entity.value();
            switch (entity.kind()) {
                case EntityRef.IP -> address(keys, site, value, addresses);
                case EntityRef.CREDENTIAL, "account", "card" -> keys.add(LinkKey.of(Kind.CREDENTIAL, value));
                case "vehicle", "plate" -> keys.add(LinkKey.of(Kind.VEHICLE, value));
                case "device" -> keys.add(LinkKey.of(Kind.DEVICE, value));
                case "segment" -> keys.add(new LinkKey(Kind.SEGMENT, site, value));
                case EntityRef.GATEWAY -> keys.add(new LinkKey(Kind.GATEWAY, site, value));
                case EntityRef.ASSET -> keys.add(new LinkKey(Kind.ASSET, site, value));
                case EntityRef.ZONE -> keys.add(new LinkKey(Kind.ZONE, site, value));
                case EntityRef.SIGNATURE -> keys.add(LinkKey.of(Kind.SIGNATURE, value));
                case EntityRef.TECHNIQUE -> keys.add(LinkKey.of(Kind.TECHNIQUE, value));
                default -> {
                    // Other kinds, sensors among them, tell of how it was seen and not of who did it.
                }
            }
        }
        return List.copyOf(keys);
    }

    private static void address(SortedSet<LinkKey> keys, String site, String address, SortedSet<String> own) {
        if (!Addresses.isHost(address)) {
            return;
        }
        boolean inside = Addresses.isPrivate(address) || Addresses.isAmong(address, own);
        keys.add(inside ? new LinkKey(Kind.HOST, site, address) : LinkKey.of(Kind.ADDRESS, address));
        Addresses.findSegment(address)
                .ifPresent(segment -> keys.add(new LinkKey(Kind.SEGMENT, inside ? site : "", segment)));
    }

    private static Position rounded(Position exact) {
        return new Position(
                Math.rint(exact.longitude() * POSITIONS_PER_DEG) / POSITIONS_PER_DEG,
                Math.rint(exact.latitude() * POSITIONS_PER_DEG) / POSITIONS_PER_DEG);
    }

    private static double sigma_m(Place place) {
        double variance_m2 =
                Math.max(place.covariance().ee_m2(), place.covariance().nn_m2());
        return Math.rint(Math.sqrt(variance_m2) / SIGMA_STEP_M) * SIGMA_STEP_M;
    }
}
