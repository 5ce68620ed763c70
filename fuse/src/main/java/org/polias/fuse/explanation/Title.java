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
            case CYBER_ATTACK -> (sure ? "Cyber attack " : "Possible cyber attack ") + on(entities, site);
            case SABOTAGE ->
                (sure ? "Sensors blinded " : "Sensors possibly blinded ") + where("near", spot, entities, site);
            case TECHNICAL_FAULT ->
                (sure ? "Technical fault " : "Possible technical fault ") + where("at", spot, entities, site);
        };
    }

    /** {@code preposition} and the name of the place: an asset or zone that the evidence names, else what lies there. */
    private static String where(String preposition, Spot spot, List<EntityRef> entities, SiteModel site) {
        Optional<String> named = nameOfEntity(entities, site);
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
            double distance = Double.POSITIVE_INFINITY;
            for (var sample : area.samples()) {
                distance = Math.min(distance, sample.minus(spot.offset()).length_m());
            }
            if (distance < least) {
                least = distance;
                nearest = area.name();
            }
        }
        return nearest.equals(site.name()) ? "at " + nearest : "near " + nearest;
    }

    /** What a network incident is about: an asset, else an address, else the site. */
    private static String on(List<EntityRef> entities, SiteModel site) {
        Optional<String> asset = nameOfEntity(entities, site);
        if (asset.isPresent()) {
            return "on " + asset.get();
        }
        return entities.stream()
                .filter(entity -> entity.kind().equals(EntityRef.IP))
                .findFirst()
                .map(address -> "at " + site.name() + " involving " + address.value())
                .orElse("at " + site.name());
    }

    private static Optional<String> nameOfEntity(List<EntityRef> entities, SiteModel site) {
        Optional<String> zone = Optional.empty();
        for (EntityRef entity : entities) {
            if (entity.kind().equals(EntityRef.ASSET)) {
                Optional<String> asset = site.findAsset(entity.value()).map(Asset::name);
                if (asset.isPresent()) {
                    return asset;
                }
            } else if (zone.isEmpty() && entity.kind().equals(EntityRef.ZONE)) {
                zone = site.findArea(entity.value()).map(Area::name);
            }
        }
        return zone;
    }
}
