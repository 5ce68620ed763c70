// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.polias.model.admission.Reason;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Flattens a JSON object into named texts: nested names are joined by dots; the scalars of an array are joined by commas, and
 * objects and arrays within an array are named by their index ({@code answers.0.ttl}); nulls are left out.
 */
final class Fields {

    private static final int LONGEST_NAME = 512;

    private final SortedMap<String, String> values = new TreeMap<>();
    private final int limit_bytes;
    private final boolean mending;
    private final Set<String> elements;
    private final Set<String> singles;
    private long bytes;
    private Optional<Fault> fault = Optional.empty();

    /** Why an object cannot be flattened. */
    record Fault(Reason reason, String detail) {}

    /**
     * @param limit_bytes how long all names and values together may be
     * @param mending whether characters that cannot be stored are replaced rather than refused
     * @param elements names such as {@code codes.0} by which scalars of arrays are also wanted one by one
     * @param singles names of what can only be one scalar, and no array of them
     */
    Fields(int limit_bytes, boolean mending, Set<String> elements, Set<String> singles) {
        this.limit_bytes = limit_bytes;
        this.mending = mending;
        this.elements = elements;
        this.singles = singles;
    }

    /** Reads the object whose opening brace is the parser's current token, to its closing brace. */
    void readObject(JsonParser parser) throws IOException {
        readObject(parser, "");
    }

    /** The first thing that was wrong. */
    Optional<Fault> fault() {
        return fault;
    }

    /** The fields. What is done to this map is done to them. */
    SortedMap<String, String> values() {
        return values;
    }

    private void readObject(JsonParser parser, String prefix) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readValue(parser, prefix.isEmpty() ? name : prefix + "." + name);
        }
    }

    private void readValue(JsonParser parser, String name) throws IOException {
        if (fault.isPresent()) {
            parser.skipChildren();
            return;
        }
        JsonToken token = parser.currentToken();
        if (name.length() > LONGEST_NAME) {
            refuse(
                    Reason.MALFORMED,
                    "The name %s is %d characters long; %d can be."
                            .formatted(Excerpt.quoted(name), name.length(), LONGEST_NAME));
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            readObject(parser, name);
        } else if (token == JsonToken.START_ARRAY) {
            readArray(parser, name);
        } else if (token != JsonToken.VALUE_NULL) {
            put(name, parser.getText());
        }
    }

    private void readArray(JsonParser parser, String name) throws IOException {
        StringBuilder joined = new StringBuilder();
        boolean scalars = false;
        int index = 0;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken(), index++) {
            if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                readValue(parser, name + "." + index);
            } else if (token != JsonToken.VALUE_NULL) {
                String text = parser.getText();
                if (scalars) {
                    joined.append(',');
                }
                joined.append(text);
                scalars = true;
                if (!elements.isEmpty() && elements.contains(name + "." + index)) {
                    put(name + "." + index, text);
                }
                if (joined.length() > limit_bytes) {
                    refuseAsTooLarge();
                    joined.setLength(0);
                }
            }
        }
        if (scalars && singles.contains(name)) {
            refuse(Reason.MALFORMED, "The member %s is an array.".formatted(Excerpt.quoted(name)));
        } else if (scalars) {
            put(name, joined.toString());
        }
    }

    private void put(String name, String text) {
        if (fault.isPresent()) {
            return;
        }
        bytes += (long) Json.utf8Length(name) + Json.utf8Length(text);
        if (bytes > limit_bytes) {
            refuseAsTooLarge();
            return;
        }
        if (!mending && (!Json.isStorable(name) || !Json.isStorable(text))) {
            refuse(
                    Reason.MALFORMED,
                    "The member %s has a character that is none (NUL or half of a surrogate pair)."
                            .formatted(Excerpt.quoted(name)));
            return;
        }
        if (values.putIfAbsent(Json.storable(name), Json.storable(text)) != null) {
            refuse(Reason.MALFORMED, "The member %s occurs twice.".formatted(Excerpt.quoted(name)));
        }
    }

    private void refuseAsTooLarge() {
        refuse(Reason.OVERSIZED, "The fields of the event are longer than %d bytes.".formatted(limit_bytes));
    }

    private void refuse(Reason reason, String detail) {
        if (fault.isEmpty()) {
            fault = Optional.of(new Fault(reason, detail));
        }
    }
}
