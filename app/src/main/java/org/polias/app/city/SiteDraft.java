// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.polias.model.city.Asset;
import org.polias.model.city.CalendarEntry;
import org.polias.model.city.Datastream;
import org.polias.model.city.DetectorSettings;
import org.polias.model.city.Sensor;
import org.polias.model.city.Site;
import org.polias.model.city.Thing;
import org.polias.model.city.Zone;
import org.polias.model.incident.CriticalityContext;
import org.polias.model.place.Polygon;

/** What has been read of one site. */
final class SiteDraft {

    final Draft.Declared declared;
    private final Optional<Site> site;
    private Optional<Polygon> boundary = Optional.empty();
    final List<Zone> zones = new ArrayList<>();
    final List<Asset> assets = new ArrayList<>();
    final List<Thing> things = new ArrayList<>();
    final List<Sensor> sensors = new ArrayList<>();
    final List<Datastream> datastreams = new ArrayList<>();
    final List<CalendarEntry> calendar = new ArrayList<>();
    final List<CriticalityContext> contexts = new ArrayList<>();
    final Set<String> properties = new TreeSet<>();

    SiteDraft(Draft.Declared declared, Optional<Site> site) {
        this.declared = declared;
        this.site = site;
    }

    String id() {
        return declared.site().orElseThrow();
    }

    Optional<Site> site() {
        return site;
    }

    void bound(Polygon shape, Fields fields) {
        if (boundary.isPresent()) {
            fields.fail(
                    "kind",
                    PlaceReader.BOUNDARY,
                    "of the site %s exists already.".formatted(id()),
                    "Maybe remove one.");
        }
        boundary = Optional.of(shape);
    }

    Site bounded() {
        Site known = site.orElseThrow();
        return new Site(
                known.id(),
                known.name(),
                known.siteClass(),
                known.origin(),
                boundary,
                known.expectedPeople(),
                known.vulnerability());
    }

    /** The part of a setting that concerns this site; nothing if it names subjects, and none of them is here. */
    Optional<DetectorSettings> settings(Draft.Configured configured) {
        DetectorSettings all = configured.settings();
        if (all.subjects().isEmpty()) {
            return Optional.of(all);
        }
        Set<String> here = new TreeSet<>(properties);
        here.add(id());
        zones.forEach(zone -> here.add(zone.id().value()));
        assets.forEach(asset -> here.add(asset.id().value()));
        datastreams.forEach(stream -> here.add(stream.id().value()));
        here.retainAll(all.subjects());
        return here.isEmpty()
                ? Optional.empty()
                : Optional.of(new DetectorSettings(all.detector(), here, all.parameters()));
    }
}
