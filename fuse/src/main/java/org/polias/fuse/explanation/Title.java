// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.fuse.belief.Belief;
import org.polias.fuse.belief.Opening;
import org.polias.fuse.site.Area;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.Spot;
import org.polias.model.city.Asset;
import org.polias.model.detection.EntityRef;
import org.polias.model.incident.IncidentType;
import org.polias.model.place.LocalFrame;
import org.polias.model.place.Offset;
import org.polias.model.place.Position;

/**
 * An incident in a few words: what, and where by the names that people use.
 *
 * <p>A door that is forced, a crowd and a network have the name of what the evidence names. A bang and a gas are where the estimate
 * lies, whatever else the evidence names: <i>at</i> the zone that holds it and at least half of the circle in which it is with a
 * probability of one half, <i>near</i> the zone that holds most of that circle, else the zone or asset that lies next. Where it may be
 * anywhere about, the site's name is all that is said.
 */
public final class Title {

    /** From here on it is said without "possible". */
    private static final double CERTAIN_ENOUGH = 0.9;
    /** An asset or zone is named as the place of what lies no further from it, beside the place's own uncertainty. */
    private static final double NEAR_M = 60;
    /** A place that is less certain than this, one standard deviation in metres, is no zone's: zones are about as large. */
    private static final double VAGUE_M = 150;
    /** The circle about the estimate that holds the place with a probability of one half, in standard deviations: sqrt(2 ln 2). */
    private static final double HALF_CIRCLE = 1.1774;
    /** How many points of that circle are looked at, from the east counter-clockwise. */
    private static final int DIRECTIONS = 8;

    private static final int HALF = DIRECTIONS / 2;

    private Title() {}

    /** The title of what {@code belief} holds at {@code spot}, of what {@code entities} are. */
    public static String of(Belief belief, Spot spot, List<EntityRef> entities, SiteModel site) {
        IncidentType leading = belief.hypotheses().getFirst().type();
        boolean sure = belief.probability(leading) >= CERTAIN_ENOUGH;
        return switch (leading) {
            case ARMED_ATTACK -> (sure ? "Shots or explosion " : "Possible shots ") + heard(spot, site);
            case HARMLESS_NOISE ->
                belief.gained(IncidentType.ARMED_ATTACK) >= Opening.threshold(IncidentType.ARMED_ATTACK)
                        ? "Loud bang " + heard(spot, site) + ", possibly shots"
                        : "Loud noise " + heard(spot, site);
            case CROWD_CRUSH ->
                (sure ? "Dangerous crowding " : "Possible dangerous crowding ") + named(spot, entities, site);
            case TOXIC_RELEASE -> (sure ? "Toxic gas " : "Possible toxic gas ") + where(spot, site);
            case INTRUSION -> (sure ? "Intrusion " : "Possible intrusion ") + named(spot, entities, site);
            case CYBER_ATTACK -> (sure ? "Cyber attack " : "Possible cyber attack ") + on(spot, entities, site);
            case SABOTAGE -> (sure ? "Sensors blinded " : "Sensors possibly blinded ") + named(spot, entities, site);
            case TECHNICAL_FAULT ->
                (sure ? "Technical fault " : "Possible technical fault ") + named(spot, entities, site);
        };
    }

    /** Where a sound came from; where it may have come from anywhere about, where it was heard. */
    private static String heard(Spot spot, SiteModel site) {
        return isVague(spot) ? "heard at " + site.name() : where(spot, site);
    }

    /** The asset or zone that the evidence names, else where it is. */
    private static String named(Spot spot, List<EntityRef> entities, SiteModel site) {
        return nameOfEntity(spot, entities, site).map(name -> "at " + name).orElseGet(() -> where(spot, site));
    }

    private static boolean isVague(Spot spot) {
        return !spot.located() || spot.sigma_m() > VAGUE_M;
    }

    /** What lies at the estimate, with the preposition that its certainty allows. */
    private static String where(Spot spot, SiteModel site) {
        if (isVague(spot)) {
            return "at " + site.name();
        }
        return inZone(spot, site)
                .or(() -> findNearest(spot, site).map(name -> "near " + name))
                .orElse("at " + site.name());
    }

    /**
     * Of the zones that hold the estimate, the smallest that holds at least half of the circle too ("at"); else of all zones the
     * one that holds most of it ("near").
     */
    private static Optional<String> inZone(Spot spot, SiteModel site) {
        Position estimate = site.frame().toPosition(spot.offset());
        List<Position> circle = circle(spot, site.frame());
        Optional<String> at = Optional.empty();
        Optional<String> near = Optional.empty();
        double smallest = Double.POSITIVE_INFINITY;
        int most = 0;
        for (Area area : site.areas()) {
            if (mayHoldAny(area, circle)) {
                int share = share(area, circle);
                boolean holdsEstimate = area.shape().contains(estimate);
                if (holdsEstimate && share >= HALF && area.shape().area_m2() < smallest) {
                    smallest = area.shape().area_m2();
                    at = Optional.of("at " + area.name());
                }
                if (share + (holdsEstimate ? 1 : 0) > most) {
                    most = share + (holdsEstimate ? 1 : 0);
                    near = Optional.of("near " + area.name());
                }
            }
        }
        return at.isPresent() ? at : near;
    }

    private static List<Position> circle(Spot spot, LocalFrame frame) {
        double radius_m = HALF_CIRCLE * spot.sigma_m();
        List<Position> circle = new ArrayList<>(DIRECTIONS);
        for (int i = 0; i < DIRECTIONS; i++) {
            double angle = 2 * Math.PI * i / DIRECTIONS;
            circle.add(frame.toPosition(spot.offset()
                    .plus(new Offset(radius_m * StrictMath.cos(angle), radius_m * StrictMath.sin(angle)))));
        }
        return circle;
    }

    /** How many of the circle's points lie in {@code area}. */
    private static int share(Area area, List<Position> circle) {
        int inside = 0;
        for (Position point : circle) {
            if (area.shape().contains(point)) {
                inside++;
            }
        }
        return inside;
    }

    /** Whether the boxes around the area and around the circle meet: most zones are told apart by that. */
    private static boolean mayHoldAny(Area area, List<Position> circle) {
        double west = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (Position corner : area.shape().shell()) {
            west = Math.min(west, corner.longitude());
            east = Math.max(east, corner.longitude());
            south = Math.min(south, corner.latitude());
            north = Math.max(north, corner.latitude());
        }
        return circle.getFirst().longitude() >= west
                && circle.get(HALF).longitude() <= east
                && circle.get(HALF / 2).latitude() >= south
                && circle.get(HALF + HALF / 2).latitude() <= north;
    }

    /** The asset or zone that lies next to the estimate, if one is near. */
    private static Optional<String> findNearest(Spot spot, SiteModel site) {
        LocalFrame frame = site.frame();
        Position position = frame.toPosition(spot.offset());
        Optional<String> nearest = Optional.empty();
        double least = NEAR_M + spot.sigma_m();
        for (Asset asset : site.assets()) {
            double distance = frame.distance_m(asset.position(), position);
            if (distance < least) {
                least = distance;
                nearest = Optional.of(asset.name());
            }
        }
        for (Area area : site.areas()) {
            double distance = area.shape().distance_m(position);
            if (distance < least) {
                least = distance;
                nearest = Optional.of(area.name());
            }
        }
        return nearest;
    }

    /** What a network incident is about: an asset, else an address, else the site. */
    private static String on(Spot spot, List<EntityRef> entities, SiteModel site) {
        Optional<String> asset = nameOfEntity(spot, entities, site);
        if (asset.isPresent()) {
            return "on " + asset.get();
        }
        return entities.stream()
                .filter(entity -> entity.kind().equals(EntityRef.IP))
                .findFirst()
                .map(address -> "at " + site.name() + " involving " + address.value())
                .orElse("at " + site.name());
    }

    /** Of the assets, else the zones, that the evidence names and that lie at the place, the nearest. */
    private static Optional<String> nameOfEntity(Spot spot, List<EntityRef> entities, SiteModel site) {
        Optional<String> name = Optional.empty();
        double far = NEAR_M + 2 * spot.sigma_m();
        double least = far;
        for (EntityRef entity : entities) {
            if (entity.kind().equals(EntityRef.ASSET)) {
                Optional<Asset> asset = site.findAsset(entity.value());
                if (asset.isPresent()) {
                    double distance =
                            distance_m(site.frame().toOffset(asset.get().position()), spot);
                    if (distance < least) {
                        least = distance;
                        name = asset.map(Asset::name);
                    }
                }
            }
        }
        if (name.isPresent()) {
            return name;
        }
        least = far;
        for (EntityRef entity : entities) {
            if (entity.kind().equals(EntityRef.ZONE)) {
                Optional<Area> area = site.findArea(entity.value());
                if (area.isPresent()) {
                    double distance = spot.located()
                            ? area.get().shape().distance_m(site.frame().toPosition(spot.offset()))
                            : 0;
                    if (distance < least) {
                        least = distance;
                        name = area.map(Area::name);
                    }
                }
            }
        }
        return name;
    }

    /** The distance to a place; 0 where it is not located, so that what was named first is nearest. */
    private static double distance_m(Offset offset, Spot spot) {
        return spot.located() ? offset.minus(spot.offset()).length_m() : 0;
    }
}
