// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.edge.clip.ClipKeys;
import org.polias.model.acoustics.Listening;
import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.Range;
import org.polias.model.city.ResultKind;
import org.polias.model.city.Sensor;
import org.polias.model.city.SensorKind;
import org.polias.model.city.Thing;
import org.polias.model.id.AssetId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.SensorId;
import org.polias.model.id.ThingId;
import org.polias.model.id.ZoneId;
import org.polias.model.place.Position;

/** Reads things, sensors and datastreams. */
final class SensorReader {

    private static final String LISTEN = "listen.";

    /** The kind of result that the properties with a meaning of their own have. */
    private static final Map<String, ResultKind> KNOWN_PROPERTIES = Map.of(
            ObservedProperty.SOUND_LEVEL, ResultKind.QUANTITY,
            ObservedProperty.PERSON_COUNT, ResultKind.COUNT,
            ObservedProperty.AMMONIA, ResultKind.QUANTITY,
            ObservedProperty.CARBON_MONOXIDE, ResultKind.QUANTITY,
            ObservedProperty.AIR_TEMPERATURE, ResultKind.QUANTITY,
            ObservedProperty.WIND_SPEED, ResultKind.QUANTITY,
            ObservedProperty.WIND_DIRECTION, ResultKind.QUANTITY,
            ObservedProperty.ACCESS_EVENT, ResultKind.EVENT,
            ObservedProperty.NETWORK_EVENT, ResultKind.EVENT);

    private final Draft draft;

    SensorReader(Draft draft) {
        this.draft = draft;
    }

    void thing(String file, Node.Mapping mapping) {
        String what = Draft.title("thing", mapping);
        Fields fields = new Fields(
                file, what, mapping, List.of("site", "id", "name", "position", "asset", "gateway"), draft.log);
        Optional<SiteDraft> site = draft.siteOf(fields);
        String id = fields.id("id");
        String name = fields.findText("name").orElse(id);
        fields.requirePresent("position", "Maybe write its longitude and latitude.");
        Shapes shapes = new Shapes(file, draft.log);
        Optional<Position> position = fields.find("position")
                .flatMap(node -> shapes.position(node, what))
                .filter(at -> site.flatMap(SiteDraft::site)
                        .map(known -> shapes.isNear(at, fields.line("position"), what, known.origin()))
                        .orElse(false));
        Optional<String> asset = draft.reference(fields, "asset", draft.assets, site.map(SiteDraft::id));
        Optional<String> gateway = fields.findId("gateway");
        draft.declare(draft.things, "thing", id, new Draft.Declared(file, mapping.line(), site.map(SiteDraft::id)));
        if (fields.areSound() && site.isPresent() && position.isPresent()) {
            site.get().things.add(new Thing(new ThingId(id), name, position.get(), asset.map(AssetId::new), gateway));
        }
    }

    void sensor(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                Draft.title("sensor", mapping),
                mapping,
                List.of("id", "thing", "kind", "model", "range_m"),
                draft.log);
        String id = fields.id("id");
        SensorKind kind = fields.oneOf("kind", SensorKind.class);
        String model = fields.findText("model").orElse("");
        double range_m = fields.number(
                "range_m",
                0.1,
                100_000,
                "a distance from 0.1 to 100000 m",
                "Maybe write how far it sees or hears, in metres.");
        fields.requirePresent("thing", "Maybe write the id of the thing that carries it.");
        Optional<String> thing = draft.reference(fields, "thing", draft.things, Optional.empty());
        Optional<String> site = thing.flatMap(name -> draft.siteOf(draft.things, name));
        draft.declare(draft.sensors, "sensor", id, new Draft.Declared(file, mapping.line(), site));
        if (fields.areSound() && thing.isPresent() && site.isPresent()) {
            draft.sites
                    .get(site.get())
                    .sensors
                    .add(new Sensor(new SensorId(id), new ThingId(thing.get()), kind, model, range_m));
        }
    }

    void datastream(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                Draft.title("datastream", mapping),
                mapping,
                List.of(
                        "id",
                        "sensor",
                        "name",
                        "property",
                        "result",
                        "unit",
                        "zone",
                        "interval",
                        "plausible",
                        "resolution",
                        "maxLateness",
                        "mapping"),
                draft.log);
        String id = fields.id("id");
        String name = fields.findText("name").orElse(id);
        String property = fields.id("property");
        ResultKind result = fields.oneOf("result", ResultKind.class);
        String unit = fields.findText("unit").orElse("");
        fields.requirePresent("sensor", "Maybe write the id of the sensor that measures it.");
        Optional<String> sensor = draft.reference(fields, "sensor", draft.sensors, Optional.empty());
        Optional<String> site = sensor.flatMap(known -> draft.siteOf(draft.sensors, known));
        Optional<String> zone = draft.reference(fields, "zone", draft.zones, site);
        Optional<Duration> interval = fields.findDuration("interval");
        Optional<Duration> maxLateness = fields.findDuration("maxLateness");
        double resolution =
                fields.findNumber("resolution", 0, 1e12, "0 or more").orElse(0.0);
        Optional<Range> plausible = plausible(fields, result);
        Map<String, String> paths = mapping(fields, result, property);
        ResultKind expected = KNOWN_PROPERTIES.get(property);
        if (expected != null && expected != result && fields.find("result").isPresent()) {
            fields.fail(
                    "result",
                    Fields.code(result),
                    "has results of the kind %s, but %s is a %s."
                            .formatted(Fields.code(result), property, Fields.code(expected)),
                    "Maybe write \"%s\".".formatted(Fields.code(expected)));
        }
        if (property.equals(ObservedProperty.PERSON_COUNT)
                && fields.find("zone").isEmpty()) {
            fields.fail(
                    "zone", "", "counts people but has no \"zone\".", "Maybe write the zone in which it counts them.");
        }
        if (fields.find("property").isPresent()) {
            draft.observedProperties.add(property);
        }
        draft.declare(draft.datastreams, "datastream", id, new Draft.Declared(file, mapping.line(), site));
        if (fields.areSound() && sensor.isPresent() && site.isPresent()) {
            SiteDraft siteDraft = draft.sites.get(site.get());
            siteDraft.properties.add(property);
            siteDraft.datastreams.add(new Datastream(
                    new DatastreamId(id),
                    new SensorId(sensor.get()),
                    name,
                    property,
                    result,
                    unit,
                    zone.map(ZoneId::new),
                    interval,
                    plausible,
                    resolution,
                    maxLateness,
                    paths));
        }
    }

    private Optional<Range> plausible(Fields fields, ResultKind result) {
        Optional<Node> node = fields.find("plausible");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<Optional<Double>> bounds = node.get() instanceof Node.Items items
                ? items.items().stream()
                        .map(item -> item instanceof Node.Scalar scalar
                                ? Fields.parseNumber(scalar.text().strip())
                                : Optional.<Double>empty())
                        .toList()
                : List.of();
        if (bounds.size() != 2 || bounds.contains(Optional.<Double>empty())) {
            fields.fail(
                    "plausible",
                    "",
                    "has %s as its plausible range; two numbers are expected."
                            .formatted(node.get().describe()),
                    "Maybe write \"plausible: [low, high]\".");
            return Optional.empty();
        }
        double low = bounds.get(0).orElseThrow();
        double high = bounds.get(1).orElseThrow();
        if (!(low < high)) {
            fields.fail(
                    "plausible",
                    low + ", " + high,
                    "has the plausible range from %s to %s, which is empty.".formatted(low, high),
                    "Maybe the two numbers are exchanged.");
            return Optional.empty();
        }
        if (result != ResultKind.QUANTITY && result != ResultKind.COUNT && result != ResultKind.VECTOR) {
            fields.fail(
                    "plausible",
                    "",
                    "has a plausible range, but results of the kind %s.".formatted(Fields.code(result)),
                    "Maybe remove it: only numbers have a range.");
            return Optional.empty();
        }
        return Optional.of(new Range(low, high));
    }

    private Map<String, String> mapping(Fields fields, ResultKind result, String property) {
        Map<String, String> paths = new TreeMap<>();
        Optional<Node> node = fields.find("mapping");
        if (node.isEmpty()) {
            return paths;
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            fields.fail(
                    "mapping",
                    "",
                    "has %s as its mapping; names and JSON pointers are expected."
                            .formatted(node.get().describe()),
                    "Maybe write \"mapping: {time: /occurred/at}\".");
            return paths;
        }
        if (result != ResultKind.EVENT) {
            fields.fail(
                    "mapping", "", "has a mapping, but its results are no events.", "Maybe write \"result: event\".");
        }
        for (Node.Entry entry : mapping.entries()) {
            String key = entry.key();
            String value = entry.value() instanceof Node.Scalar scalar ? scalar.text() : "";
            if (key.startsWith(LISTEN) && property.equals(ObservedProperty.SOUND_EVENT)) {
                listening(fields, key, value, paths);
                continue;
            }
            boolean translation = key.startsWith("type.value.") && key.length() > "type.value.".length();
            boolean field = List.of("time", "type", "id").contains(key)
                    || key.startsWith("attribute.") && key.length() > "attribute.".length();
            if (!translation && !field) {
                fields.fail(
                        "mapping",
                        key,
                        "maps %s, which is no field of an event.".formatted(ProblemLog.quote(key)),
                        Nearest.advice(
                                key,
                                List.of("time", "type", "id"),
                                "Maybe \"attribute.%s\"; there are time, type, id, attribute.NAME and type.value.VALUE."
                                        .formatted(ProblemLog.shorten(key))));
            } else if (translation ? value.isBlank() : !value.startsWith("/")) {
                fields.fail(
                        "mapping",
                        value,
                        "maps %s to %s, which is no %s."
                                .formatted(
                                        ProblemLog.quote(key),
                                        ProblemLog.quote(value),
                                        translation ? "type of event" : "JSON pointer"),
                        translation
                                ? "Maybe \"access.refused\"."
                                : "Maybe \"/%s\".".formatted(ProblemLog.shorten(value)));
            } else if (paths.putIfAbsent(key, value) != null) {
                fields.fail("mapping", key, "maps %s twice.".formatted(ProblemLog.quote(key)), "Maybe remove one.");
            }
        }
        return paths;
    }

    /** How a microphone is listened to that sends its sound. */
    private static void listening(Fields fields, String key, String value, Map<String, String> paths) {
        switch (key) {
            case Listening.FULL_SCALE -> {
                Optional<Double> level_dB = Fields.parseNumber(value.strip());
                if (level_dB.isEmpty() || level_dB.get() < 60 || level_dB.get() > 200) {
                    fields.fail(
                            "mapping",
                            value,
                            "has the full scale %s; a sound pressure level between 60 and 200 dB is expected."
                                    .formatted(ProblemLog.quote(value)),
                            "Maybe 120, as of most microphones of this kind.");
                } else {
                    paths.put(key, value.strip());
                }
            }
            case Listening.LEVEL -> {
                if (value.isBlank()) {
                    fields.fail("mapping", value, "names no datastream for its levels.", "Maybe remove listen.level.");
                } else {
                    paths.put(key, value.strip());
                }
            }
            case Listening.CLIP_KEY -> {
                if (ClipKeys.isPublicKey(value)) {
                    paths.put(key, value.strip());
                } else {
                    fields.fail(
                            "mapping",
                            value,
                            "has a key for clips that is no public key of X25519 in Base64.",
                            "Maybe make one with './polias clip keys'.");
                }
            }
            default ->
                fields.fail(
                        "mapping",
                        key,
                        "says %s, which is nothing about listening.".formatted(ProblemLog.quote(key)),
                        "Maybe listen.level, listen.fullScale_dB or listen.clipKey.");
        }
    }
}
