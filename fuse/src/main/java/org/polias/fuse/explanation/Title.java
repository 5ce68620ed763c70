// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.explanation;

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

/** An incident in a few words: what, and where by the names that people use. */
public final class Title {

    /** From here on it is said without "possible". */
    private static final double CERTAIN_ENOUGH = 0.9;
    /** An asset is named as the place of what lies no further from it, beside the place's own uncertainty. */
    private static final double NEAR_M = 60;

    private Title() {}

    /** The title of what {@code belief} holds at {@code spot}, of what {@code entities} are. */
    public static String of(Belief belief, Spot spot, List<EntityRef> entities, SiteModel site) {
        IncidentType leading = belief.hypotheses().getFirst().type();
        boolean sure = belief.probability(leading) >= CERTAIN_ENOUGH;
        return switch (leading) {
            case ARMED_ATTACK ->
                (sure ? "Shots or explosion " : "Possible shots ") + where("near", spot, entities, site);
            case HARMLESS_NOISE ->
                belief.gained(IncidentType.ARMED_ATTACK) >= Opening.threshold(IncidentType.ARMED_ATTACK)
                        ? "Loud bang " + where("near", spot, entities, site) + ", possibly shots"
                        : "Loud noise " + where("near", spot, entities, site);
            case CROWD_CRUSH ->
                (sure ? "Dangerous crowding " : "Possible dangerous crowding ") + where("in", spot, entities, site);
            case TOXIC_RELEASE -> (sure ? "Toxic gas " : "Possible toxic gas ") + where("near", spot, entities, site);
            case INTRUSION -> (sure ? "Intrusion " : "Possible intrusion ") + where("at", spot, entities, site);
            case CYBER_ATTACK -> (sure ? "Cyber attack " : "Possible cyber attack ") + on(spot, entities, site);
            case SABOTAGE ->
                (sure ? "Sensors blinded " : "Sensors possibly blinded ") + where("near", spot, entities, site);
            case TECHNICAL_FAULT ->
                (sure ? "Technical fault " : "Possible technical fault ") + where("at", spot, entities, site);
        };
    }

    /** {@code preposition} and the name of the place: an asset or zone that the evidence names, else what lies there. */
    private static String where(String preposition, Spot spot, List<EntityRef> entities, SiteModel site) {
        Optional<String> named = nameOfEntity(spot, entities, site);
        if (named.isPresent()) {
            return preposition + ' ' + named.get();
        }
        if (!spot.located()) {
            return "at " + site.name();
        }
        LocalFrame frame = site.frame();
        Position position = frame.toPosition(spot.offset());
        Optional<Area> inside = site.findAreaAt(position);
        if (inside.isPresent()) {
            return preposition + ' ' + inside.get().name();
        }
        String nearest = site.name();
        double least = NEAR_M + spot.sigma_m();
        for (Asset asset : site.assets()) {
            double distance =
                    frame.toOffset(asset.position()).minus(spot.offset()).length_m();
            if (distance < least) {
                least = distance;
                nearest = asset.name();
            }
        }
        for (Area area : site.areas()) {
            double distance = distance_m(area, spot);
            if (distance < least) {
                least = distance;
                nearest = area.name();
            }
        }
        return nearest.equals(site.name()) ? "at " + nearest : "near " + nearest;
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
                    double distance = distance_m(area.get(), spot);
                    if (distance < least) {
                        least = distance;
                        name = area.map(Area::name);
                    }
                }
            }
        }
        return name;
    }

    private static double distance_m(Area area, Spot spot) {
        double least = Double.POSITIVE_INFINITY;
        for (Offset sample : area.samples()) {
            least = Math.min(least, distance_m(sample, spot));
        }
        return least;
    }

    /** The distance to a place; 0 where it is not located, so that what was named first is nearest. */
    private static double distance_m(Offset offset, Spot spot) {
        return spot.located() ? offset.minus(spot.offset()).length_m() : 0;
    }
}
