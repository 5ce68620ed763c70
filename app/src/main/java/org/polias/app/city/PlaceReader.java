// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.polias.model.city.Asset;
import org.polias.model.city.AssetKind;
import org.polias.model.city.Zone;
import org.polias.model.city.ZoneKind;
import org.polias.model.id.AssetId;
import org.polias.model.id.ZoneId;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** Reads zones and assets: the features of {@code zones.geojson} and {@code assets.geojson}. */
final class PlaceReader {

    /** The kind of the feature that is a site's own boundary. */
    static final String BOUNDARY = "boundary";

    /** More people than any site holds. */
    static final int MAX_PEOPLE = 10_000_000;

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final Draft draft;

    PlaceReader(Draft draft) {
        this.draft = draft;
    }

    void zone(String file, Node.Mapping feature, Node.Mapping properties) {
        boolean boundary = properties.text("kind").equals(Optional.of(BOUNDARY));
        String what = boundary ? "The boundary" : Draft.title("zone", properties);
        Fields fields = new Fields(
                file,
                what,
                properties,
                boundary
                        ? List.of("site", "id", "name", "kind")
                        : List.of("site", "id", "name", "kind", "walkable_m2", "safeDensity_per_m2", "expectedPeople"),
                draft.log);
        Optional<SiteDraft> site = draft.siteOf(fields);
        Optional<Polygon> shape = site.flatMap(SiteDraft::site).flatMap(known -> new Shapes(file, draft.log)
                .polygon(feature.find("geometry"), feature.line(), what, known.origin()));
        if (boundary) {
            site.ifPresent(known -> shape.ifPresent(polygon -> known.bound(polygon, fields)));
            return;
        }
        String id = fields.id("id");
        String name = fields.text("name", "Maybe write what people call it.");
        ZoneKind kind = fields.oneOf("kind", ZoneKind.class);
        Optional<Double> walkable_m2 = fields.findNumber("walkable_m2", 0.01, 1e9, "an area above 0 m2");
        Optional<Double> safeDensity_per_m2 =
                fields.findNumber("safeDensity_per_m2", 0.01, 10, "0.01 to 10 people per m2");
        int people = fields.findWholeNumber("expectedPeople", 0, MAX_PEOPLE).orElse(0);
        draft.declare(draft.zones, "zone", id, new Draft.Declared(file, feature.line(), site.map(SiteDraft::id)));
        if (fields.areSound() && site.isPresent() && shape.isPresent()) {
            site.get()
                    .zones
                    .add(new Zone(
                            new ZoneId(id),
                            name,
                            kind,
                            shape.get(),
                            walkable_m2.orElseGet(shape.get()::area_m2),
                            safeDensity_per_m2,
                            people));
        }
    }

    void asset(String file, Node.Mapping feature, Node.Mapping properties) {
        String what = Draft.title("asset", properties);
        Fields fields = new Fields(
                file,
                what,
                properties,
                List.of("site", "id", "name", "kind", "zone", "importance", "addresses"),
                draft.log);
        Optional<SiteDraft> site = draft.siteOf(fields);
        Optional<Position> position = site.flatMap(SiteDraft::site).flatMap(known -> new Shapes(file, draft.log)
                .point(feature.find("geometry"), feature.line(), what, known.origin()));
        String id = fields.id("id");
        String name = fields.text("name", "Maybe write what people call it.");
        AssetKind kind = fields.oneOf("kind", AssetKind.class);
        double importance =
                fields.findNumber("importance", 0.1, 10, "0.1 to 10").orElse(1.0);
        Optional<String> zone = draft.reference(fields, "zone", draft.zones, site.map(SiteDraft::id));
        List<String> addresses = new ArrayList<>();
        for (Node.Scalar address : fields.scalars("addresses")) {
            if (isAddress(address.text())) {
                addresses.add(address.text());
            } else {
                fields.fail(
                        "addresses",
                        address.text(),
                        "has the address %s, which is neither an IP address nor a network (CIDR)."
                                .formatted(ProblemLog.quote(address.text())),
                        "Maybe write \"10.20.3.7\" or \"10.20.3.0/24\".");
            }
        }
        draft.declare(draft.assets, "asset", id, new Draft.Declared(file, feature.line(), site.map(SiteDraft::id)));
        if (fields.areSound() && site.isPresent() && position.isPresent()) {
            site.get()
                    .assets
                    .add(new Asset(
                            new AssetId(id), name, kind, position.get(), zone.map(ZoneId::new), importance, addresses));
        }
    }

    private static boolean isAddress(String text) {
        int slash = text.indexOf('/');
        String host = slash < 0 ? text : text.substring(0, slash);
        boolean six = host.indexOf(':') >= 0;
        if (!six && !IPV4.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(host);
            if (slash < 0) {
                return true;
            }
            int bits = Integer.parseInt(text.substring(slash + 1));
            return bits >= 0 && bits <= (six ? 128 : 32);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
