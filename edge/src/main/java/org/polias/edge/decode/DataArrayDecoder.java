// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.edge.decode.Decoding.Shape;
import org.polias.model.admission.Reason;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Decodes the body of CreateObservations (OGC SensorThings API, 18-088, section 12.2): for each datastream the names of the
 * components once, then a row for each observation. If the payload is not of this form, nothing of it is taken; if a row is
 * wrong, the others are.
 */
public record DataArrayDecoder(DecodeLimits limits) {

    private static final String COUNT = "dataArray@iot.count";

    /** Decodes {@code bytes} from 0 to {@code length}. */
    public Decoding decode(byte[] bytes, int length) {
        int start = Json.afterMark(bytes, 0, length);
        if (Json.isBlank(bytes, start, length)) {
            return Decoding.refused(Reason.MALFORMED, "The payload is empty.", length);
        }
        int bad = Json.findBadByte(bytes, start, length);
        if (bad >= 0) {
            return Decoding.refused(Reason.MALFORMED, Json.badByte(bytes, bad), length);
        }
        List<Decoded> rows = new ArrayList<>();
        SortedMap<Integer, String> headers = new TreeMap<>();
        int base = start;
        try (JsonParser parser = Json.parser(bytes, start, length)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new Misformed(Reason.MALFORMED, "The payload is not an array of data arrays.");
            }
            // The rows can stand before the names of their components, so a group is walked once to find them.
            List<Group> groups = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (groups.size() == limits.items()) {
                    throw new Misformed(
                            Reason.OVERSIZED, "The payload has more than %d groups.".formatted(limits.items()));
                }
                groups.add(findGroup(bytes, parser, token, groups.size(), start));
            }
            if (parser.nextToken() != null) {
                throw new Misformed(Reason.MALFORMED, "There is more behind the end of the JSON.");
            }
            for (Group group : groups) {
                base = group.start();
                headers.put(rows.size(), group.header());
                readRows(bytes, group, rows);
            }
        } catch (Misformed e) {
            return Decoding.refused(e.reason, String.valueOf(e.getMessage()), length);
        } catch (IOException e) {
            return Decoding.refused(Reason.MALFORMED, Json.describe(e, base), length);
        }
        return rows.isEmpty()
                ? Decoding.refused(Reason.MALFORMED, "The data arrays hold no observation.", length)
                : new Decoding(Shape.ROWS, rows, headers);
    }

    private record Group(
            int index,
            String datastream,
            List<String> components,
            OptionalLong count,
            String header,
            int start,
            int end) {}

    private static Group findGroup(byte[] bytes, JsonParser parser, JsonToken first, int index, int base)
            throws IOException, Misformed {
        if (first != JsonToken.START_OBJECT) {
            throw new Misformed(Reason.MALFORMED, "The element %d is not an object.".formatted(index));
        }
        Optional<String> datastream = Optional.empty();
        List<String> components = List.of();
        OptionalLong count = OptionalLong.empty();
        StringBuilder header = new StringBuilder("{");
        int start = -1;
        int end = -1;
        Set<String> seen = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            int from = base + (int) parser.currentTokenLocation().getByteOffset();
            boolean known = name.equals("Datastream") || name.equals("components") || name.equals("dataArray");
            if (known && !seen.add(name)) {
                throw new Misformed(
                        Reason.MALFORMED, "The member '%s' of element %d occurs twice.".formatted(name, index));
            }
            if (name.equals("Datastream") && token == JsonToken.START_OBJECT) {
                datastream = readDatastream(parser, index);
            } else if (name.equals("components") && token == JsonToken.START_ARRAY) {
                components = readComponents(parser, index);
            } else if (name.equals("dataArray") && token == JsonToken.START_ARRAY) {
                start = from;
                parser.skipChildren();
                end = base + (int) parser.currentLocation().getByteOffset();
            } else if (name.equals(COUNT) && token == JsonToken.VALUE_NUMBER_INT) {
                count = OptionalLong.of(
                        parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue());
            } else if (known) {
                throw new Misformed(
                        Reason.MALFORMED, "The member '%s' of element %d is of a wrong type.".formatted(name, index));
            } else {
                parser.skipChildren();
            }
            if (known && !name.equals("dataArray")) {
                int to = base + (int) parser.currentLocation().getByteOffset();
                header.append('"').append(name).append("\":");
                header.append(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                        .append(',');
            }
        }
        if (datastream.isEmpty()) {
            throw new Misformed(Reason.MALFORMED, "The element %d names no Datastream/@iot.id.".formatted(index));
        }
        if (!components.contains("result")) {
            throw new Misformed(Reason.MALFORMED, "The components of element %d have no 'result'.".formatted(index));
        }
        if (start < 0) {
            throw new Misformed(Reason.MALFORMED, "The element %d has no dataArray.".formatted(index));
        }
        return new Group(
                index,
                datastream.get(),
                components,
                count,
                header.append("\"dataArray\":[").toString(),
                start,
                end);
    }

    private static Optional<String> readDatastream(JsonParser parser, int index) throws IOException, Misformed {
        Optional<String> id = Optional.empty();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("@iot.id") && (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT)) {
                if (id.isPresent()) {
                    throw new Misformed(
                            Reason.MALFORMED, "The Datastream/@iot.id of element %d occurs twice.".formatted(index));
                }
                id = Optional.of(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return id;
    }

    private static List<String> readComponents(JsonParser parser, int index) throws IOException, Misformed {
        List<String> components = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token != JsonToken.VALUE_STRING || components.contains(parser.getText()) || components.size() == 32) {
                throw new Misformed(
                        Reason.MALFORMED,
                        "The components of element %d are not at most 32 different names.".formatted(index));
            }
            components.add(parser.getText());
        }
        return components;
    }

    private void readRows(byte[] bytes, Group group, List<Decoded> rows) throws IOException, Misformed {
        ObservationReader reader = new ObservationReader(limits);
        try (JsonParser parser = Json.parser(bytes, group.start(), group.end())) {
            parser.nextToken();
            int row = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (rows.size() == limits.items()) {
                    throw new Misformed(
                            Reason.OVERSIZED,
                            "The payload has more than %d observations.%nMaybe send it in parts."
                                    .formatted(limits.items()));
                }
                reader.clear();
                int from = group.start() + (int) parser.currentTokenLocation().getByteOffset();
                if (token == JsonToken.START_ARRAY) {
                    readRow(parser, group, row, reader);
                } else {
                    parser.skipChildren();
                    parser.finishToken();
                    reader.refuse(
                            Reason.MALFORMED,
                            "The row %d of element %d is not an array.".formatted(row, group.index()));
                }
                int to = group.start() + (int) parser.currentLocation().getByteOffset();
                if (to - from > limits.item_bytes()) {
                    reader.refuse(
                            Reason.OVERSIZED,
                            "The row %d of element %d is %d bytes long; %d can be."
                                    .formatted(row, group.index(), to - from, limits.item_bytes()));
                }
                reader.belongsTo(group.datastream());
                rows.add(reader.finish(from, to));
                row++;
            }
            if (group.count().isPresent() && group.count().getAsLong() != row) {
                throw new Misformed(
                        Reason.MALFORMED,
                        "The dataArray of element %d has %d rows, but its count is %d.%nMaybe a part of it was lost."
                                .formatted(group.index(), row, group.count().getAsLong()));
            }
        }
    }

    private static void readRow(JsonParser parser, Group group, int row, ObservationReader reader) throws IOException {
        List<String> components = group.components();
        int column = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken(), column++) {
            String name = column < components.size() ? components.get(column) : "";
            if (name.equals("id")) {
                reader.readMember(parser, "@iot.id");
            } else if (name.equals("Datastream")) {
                parser.skipChildren();
            } else {
                reader.readMember(parser, name);
            }
        }
        if (column != components.size()) {
            reader.refuse(
                    Reason.MALFORMED,
                    "The row %d of element %d has %d values for %d components."
                            .formatted(row, group.index(), column, components.size()));
        }
    }

    /** Ends the decoding of a payload that is not of the form. Never leaves this class. */
    private static final class Misformed extends Exception {
        private final Reason reason;

        Misformed(Reason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }
    }
}
