// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.edge.decode.Decoding.Shape;
import org.polias.model.admission.Reason;
import org.polias.model.observation.Quality;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Decodes events of access control and other systems: an object, an array of objects, or a line for each. Which member is the
 * time, the type and the identity the mapping says; what it does not name is an attribute by its own flattened name.
 */
public record EventDecoder(DecodeLimits limits) {

    private static final int LONGEST_IDENTITY = 512;

    /** Decodes {@code bytes} from 0 to {@code length}. */
    public Decoding decode(byte[] bytes, int length, EventMapping mapping) {
        int start = Json.afterMark(bytes, 0, length);
        if (Json.isBlank(bytes, start, length)) {
            return Decoding.refused(Reason.MALFORMED, "The payload is empty.", length);
        }
        int bad = Json.findBadByte(bytes, start, length);
        if (bad < 0 && firstVisible(bytes, start, length) == '[') {
            return decodeArray(bytes, start, length, mapping);
        }
        if (bad < 0 && firstLineIsOpen(bytes, start, length)) {
            // An object that was printed over several lines.
            return new Decoding(Shape.SINGLE, List.of(decodeObject(bytes, start, length, mapping)));
        }
        return Lines.decode(bytes, length, limits, (from, to) -> decodeObject(bytes, from, to, mapping));
    }

    private static char firstVisible(byte[] bytes, int start, int length) {
        int at = start;
        while (Json.isSpace(bytes[at])) {
            at++;
        }
        return (char) bytes[at];
    }

    /** Whether the object that begins on the first line with something on it does not end there, but on a later line. */
    private static boolean firstLineIsOpen(byte[] bytes, int start, int length) {
        try (JsonParser parser = Json.parser(bytes, start, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            int line = parser.currentTokenLocation().getLineNr();
            while (parser.nextToken() != null && !parser.getParsingContext().inRoot()) {
                if (parser.currentTokenLocation().getLineNr() > line) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Taken line by line, the line at fault says so by itself.
            return false;
        }
    }

    private Decoding decodeArray(byte[] bytes, int start, int length, EventMapping mapping) {
        List<Decoded> items = new ArrayList<>();
        try (JsonParser parser = Json.parser(bytes, start, length)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (items.size() == limits.items()) {
                    return Decoding.refused(
                            Reason.OVERSIZED,
                            "The array has more than %d events.%nMaybe send it in parts.".formatted(limits.items()),
                            length);
                }
                int from = start + (int) parser.currentTokenLocation().getByteOffset();
                if (token != JsonToken.START_OBJECT) {
                    parser.skipChildren();
                    parser.finishToken();
                    int to = start + (int) parser.currentLocation().getByteOffset();
                    items.add(malformed("The element at byte %d is not an object.".formatted(from), from, to));
                    continue;
                }
                Fields fields = fields(mapping);
                fields.readObject(parser);
                int to = start + (int) parser.currentLocation().getByteOffset();
                items.add(event(fields, mapping, from, to));
            }
            if (parser.nextToken() != null) {
                return Decoding.refused(Reason.MALFORMED, "There is more behind the end of the array.", length);
            }
        } catch (IOException e) {
            return Decoding.refused(Reason.MALFORMED, Json.describe(e, start), length);
        }
        return items.isEmpty()
                ? Decoding.refused(Reason.MALFORMED, "The array holds no event.", length)
                : new Decoding(Shape.ARRAY, items);
    }

    private Decoded decodeObject(byte[] bytes, int start, int end, EventMapping mapping) {
        try (JsonParser parser = Json.parser(bytes, start, end)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return malformed("The event is not an object.", start, end);
            }
            Fields fields = fields(mapping);
            fields.readObject(parser);
            return parser.nextToken() == null
                    ? event(fields, mapping, start, end)
                    : malformed("There is more behind the end of the object.", start, end);
        } catch (IOException e) {
            return malformed(Json.describe(e, start), start, end);
        }
    }

    private Fields fields(EventMapping mapping) {
        return new Fields(limits.result_bytes(), false, mapping.names(), mapping.singles());
    }

    private Decoded event(Fields fields, EventMapping mapping, int start, int end) {
        if (end - start > limits.item_bytes()) {
            return new Decoded.Refusal(
                    Reason.OVERSIZED,
                    "The event is %d bytes long; %d can be.".formatted(end - start, limits.item_bytes()),
                    start,
                    end);
        }
        if (fields.fault().isPresent()) {
            Fields.Fault fault = fields.fault().get();
            return new Decoded.Refusal(fault.reason(), fault.detail(), start, end);
        }
        SortedMap<String, String> values = fields.values();
        SortedMap<String, String> attributes = new TreeMap<>();
        mapping.attributes().forEach((ours, theirs) -> {
            String value = values.get(theirs);
            if (value != null) {
                attributes.put(ours, value);
            }
        });
        mapping.attributes().values().forEach(values::remove);
        String type = values.remove(mapping.type());
        String time = values.remove(mapping.time());
        String id = values.remove(mapping.id());
        values.forEach(attributes::putIfAbsent);
        if (type == null) {
            return malformed("The event has no '%s', which is its type.".formatted(mapping.type()), start, end);
        }
        String ownType = mapping.types().getOrDefault(type, type);
        if (!EventTypes.isValid(ownType)) {
            return malformed("The type %s is not one.".formatted(Excerpt.quoted(type)), start, end);
        }
        if (id != null && (id.isEmpty() || id.length() > LONGEST_IDENTITY)) {
            return malformed(
                    "The id has %d characters; 1 to %d can be.".formatted(id.length(), LONGEST_IDENTITY), start, end);
        }
        Optional<Instant> at = Optional.empty();
        if (time != null) {
            try {
                at = Optional.of(Times.parseEnd(time));
            } catch (Times.Unreadable e) {
                return malformed("The time " + e.getMessage() + ".", start, end);
            }
        }
        return new Reading(
                Optional.empty(),
                at,
                new RawResult.Event(ownType, attributes),
                Quality.GOOD,
                Optional.ofNullable(id),
                Optional.empty(),
                start,
                end);
    }

    private static Decoded malformed(String detail, int start, int end) {
        return new Decoded.Refusal(Reason.MALFORMED, detail, start, end);
    }
}
