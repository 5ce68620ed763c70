// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.List;

import org.polias.model.city.SiteDefinition;
import org.polias.model.id.StableHash;
import org.polias.model.place.Polygon;
import org.polias.model.place.Position;

/** The revision of a definition: a hash of its content, part by part, in the order in which the definition has it. */
final class Revision {

    private final StableHash hash = new StableHash();

    private Revision() {}

    static String of(SiteDefinition definition) {
        Revision revision = new Revision();
        revision.add(definition);
        return revision.hash.base32();
    }

    private void add(SiteDefinition d) {
        text(d.key().text(), d.site().name(), d.site().siteClass().name(), Boolean.toString(d.simulated()));
        position(d.site().origin());
        d.site().boundary().ifPresentOrElse(this::polygon, this::nothing);
        hash.add(d.site().expectedPeople()).add(d.site().vulnerability());
        begin("zones", d.zones());
        d.zones().forEach(zone -> {
            text(zone.id().value(), zone.name(), zone.kind().name());
            polygon(zone.shape());
            hash.add(zone.walkable_m2());
            zone.safeDensity_per_m2().ifPresentOrElse(hash::add, this::nothing);
            hash.add(zone.expectedPeople());
        });
        begin("assets", d.assets());
        d.assets().forEach(asset -> {
            text(asset.id().value(), asset.name(), asset.kind().name());
            position(asset.position());
            text(asset.zone().map(Object::toString).orElse(""));
            hash.add(asset.importance());
            texts(asset.addresses());
        });
        begin("things", d.things());
        d.things().forEach(thing -> {
            text(thing.id().value(), thing.name());
            position(thing.position());
            text(thing.asset().map(Object::toString).orElse(""), thing.gateway().orElse(""));
        });
        begin("sensors", d.sensors());
        d.sensors().forEach(sensor -> {
            text(sensor.id().value(), sensor.thing().value(), sensor.kind().name(), sensor.model());
            hash.add(sensor.range_m());
        });
        begin("datastreams", d.datastreams());
        d.datastreams().forEach(stream -> {
            text(stream.id().value(), stream.sensor().value(), stream.name(), stream.property());
            text(stream.resultKind().name(), stream.unit());
            text(
                    stream.zone().map(Object::toString).orElse(""),
                    stream.interval().map(Object::toString).orElse(""));
            stream.plausible().ifPresentOrElse(range -> hash.add(range.low()).add(range.high()), this::nothing);
            hash.add(stream.resolution());
            text(stream.maxLateness().map(Object::toString).orElse(""));
            hash.add(stream.mapping().size());
            stream.mapping().forEach(this::text);
        });
        begin("detectors", d.detectors());
        d.detectors().forEach(settings -> {
            text(settings.detector());
            texts(List.copyOf(settings.subjects()).stream().sorted().toList());
            hash.add(settings.parameters().size());
            settings.parameters().forEach(this::text);
        });
        begin("playbooks", d.playbooks());
        d.playbooks().forEach(playbook -> {
            text(playbook.id(), playbook.title(), playbook.fromLevel().name());
            texts(playbook.incidentTypes().stream().map(Enum::name).sorted().toList());
            hash.add(playbook.steps().size());
            playbook.steps().forEach(step -> text(step.role(), step.action()));
        });
        d.criticality().ifPresent(rules -> text("criticality", rules.revision()));
        // Definitions of before there were calendars keep their revision.
        if (!d.calendar().isEmpty()) {
            begin("calendar", d.calendar());
            d.calendar()
                    .forEach(entry -> text(
                            entry.kind().name(),
                            entry.name(),
                            entry.from().toString(),
                            entry.until().toString(),
                            entry.zone().map(Object::toString).orElse("")));
        }
    }

    private void begin(String part, List<?> content) {
        hash.add(part).add(content.size());
    }

    private void nothing() {
        hash.add("-");
    }

    private void text(String... parts) {
        for (String part : parts) {
            hash.add(part);
        }
    }

    private void texts(List<String> parts) {
        hash.add(parts.size());
        parts.forEach(hash::add);
    }

    private void position(Position position) {
        hash.add(position.longitude()).add(position.latitude());
    }

    private void polygon(Polygon polygon) {
        hash.add(polygon.holes().size());
        ring(polygon.shell());
        polygon.holes().forEach(this::ring);
    }

    private void ring(List<Position> ring) {
        hash.add(ring.size());
        ring.forEach(this::position);
    }
}
