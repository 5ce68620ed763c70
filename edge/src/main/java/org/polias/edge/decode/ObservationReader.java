// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import org.polias.model.admission.Reason;
import org.polias.model.observation.Quality;
import org.polias.model.place.Position;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Gathers the members of one SensorThings observation as a parser comes upon them. It reads to the end of what it was given even
 * where something is wrong, so that the observations behind it can be read, and remembers what was wrong first.
 */
final class ObservationReader {

    private static final int LONGEST_IDENTITY = 512;
    private static final double[] NO_NUMBERS = {};
    private static final Set<String> TYPE = Set.of("type");

    private final DecodeLimits limits;

    private int seen;
    private Optional<String> datastream = Optional.empty();
    private Optional<Instant> phenomenonTime = Optional.empty();
    private Optional<RawResult> result = Optional.empty();
    private Quality quality = Quality.GOOD;
    private Optional<String> ownId = Optional.empty();
    private Optional<String> parameterId = Optional.empty();
    private Optional<String> sequence = Optional.empty();
    private Optional<Position> position = Optional.empty();
    private Optional<Fields.Fault> fault = Optional.empty();

    ObservationReader(DecodeLimits limits) {
        this.limits = limits;
    }

    void clear() {
        seen = 0;
        datastream = Optional.empty();
        phenomenonTime = Optional.empty();
        result = Optional.empty();
        quality = Quality.GOOD;
        ownId = Optional.empty();
        parameterId = Optional.empty();
        sequence = Optional.empty();
        position = Optional.empty();
        fault = Optional.empty();
    }

    /** Reads the object whose opening brace is the parser's current token, to its closing brace. */
    void readObject(JsonParser parser) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readMember(parser, name);
        }
    }

    /** Reads one member, whose value is the parser's current token; of members that are not known, nothing. */
    void readMember(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "result" -> {
                once(0, name);
                result = Optional.of(readResult(parser));
            }
            case "phenomenonTime" -> {
                once(1, name);
                readTime(parser);
            }
            case "resultQuality" -> {
                once(2, name);
                readQuality(parser);
            }
            case "Datastream" -> {
                once(3, name);
                readDatastream(parser);
            }
            case "@iot.id" -> {
                once(4, name);
                ownId = readIdentity(parser, name);
            }
            case "parameters" -> {
                once(5, name);
                readParameters(parser);
            }
            case "FeatureOfInterest" -> {
                once(6, name);
                readFeatureOfInterest(parser);
            }
            default -> parser.skipChildren();
        }
    }

    /** Says that the observation belongs to this datastream, which stands beside it rather than in it. */
    void belongsTo(String id) {
        datastream = Optional.of(id);
    }

    /** Remembers that something is wrong with the observation. */
    void refuse(Reason reason, String detail) {
        if (fault.isEmpty()) {
            fault = Optional.of(new Fields.Fault(reason, detail));
        }
    }

    /** What was gathered since {@link #clear()}. */
    Decoded finish(int start, int end) {
        if (result.isEmpty()) {
            refuse(Reason.MALFORMED, "The observation has no result.");
        }
        if (fault.isPresent()) {
            return new Decoded.Refusal(fault.get().reason(), fault.get().detail(), start, end);
        }
        Optional<String> identity = ownId.isPresent() ? ownId : parameterId.isPresent() ? parameterId : sequence;
        return new Reading(datastream, phenomenonTime, result.orElseThrow(), quality, identity, position, start, end);
    }

    private void once(int member, String name) {
        if ((seen & 1 << member) != 0) {
            refuse(Reason.MALFORMED, "The member '%s' occurs twice.".formatted(name));
        }
        seen |= 1 << member;
    }

    private RawResult readResult(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT, LONG -> new RawResult.Whole(parser.getLongValue());
                    case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> new RawResult.Real(parser.getDoubleValue());
                };
            case VALUE_NUMBER_FLOAT -> new RawResult.Real(parser.getDoubleValue());
            case VALUE_TRUE -> new RawResult.Truth(true);
            case VALUE_FALSE -> new RawResult.Truth(false);
            case VALUE_STRING -> readWords(parser);
            case START_ARRAY -> readNumbers(parser);
            case START_OBJECT -> readEvent(parser);
            case VALUE_NULL -> new RawResult.Unfit("null");
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("A value cannot begin with " + parser.currentToken());
        };
    }

    private RawResult readWords(JsonParser parser) throws IOException {
        String words = parser.getText();
        if (Json.utf8Length(words) > limits.result_bytes()) {
            refuse(
                    Reason.OVERSIZED,
                    "The result is a string of %d bytes; %d can be."
                            .formatted(Json.utf8Length(words), limits.result_bytes()));
        } else if (!Json.isStorable(words)) {
            refuse(Reason.MALFORMED, "The result has a character that is none (NUL or half of a surrogate pair).");
        }
        return new RawResult.Words(words);
    }

    private RawResult readNumbers(JsonParser parser) throws IOException {
        double[] values = NO_NUMBERS;
        int index = 0;
        int most = limits.result_bytes() / Double.BYTES;
        Optional<RawResult> unfit = Optional.empty();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken(), index++) {
            double value = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
            if (!Double.isFinite(value) && unfit.isEmpty()) {
                String what = token.isNumeric()
                        ? "a number too large to be held"
                        : token.isScalarValue() ? Excerpt.quoted(parser.getText()) : "an object or array";
                unfit = Optional.of(new RawResult.Unfit("an array that has %s at index %d".formatted(what, index)));
            }
            parser.skipChildren();
            if (unfit.isEmpty() && index < most) {
                if (index == values.length) {
                    values = Arrays.copyOf(values, Math.min(most, Math.max(16, index * 2)));
                }
                values[index] = value;
            }
        }
        if (index > most) {
            refuse(Reason.OVERSIZED, "The result is an array of %d numbers; %d can be.".formatted(index, most));
            return new RawResult.Unfit("an array that is too long");
        }
        return unfit.isPresent() ? unfit.get() : new RawResult.Numbers(Arrays.copyOf(values, index));
    }

    private RawResult readEvent(JsonParser parser) throws IOException {
        Fields fields = new Fields(limits.result_bytes(), false, Set.of(), TYPE);
        fields.readObject(parser);
        fields.fault().ifPresent(wrong -> refuse(wrong.reason(), wrong.detail()));
        String type = fields.values().remove("type");
        if (type == null) {
            return new RawResult.Unfit("an object without a type");
        }
        return EventTypes.isValid(type)
                ? new RawResult.Event(type, fields.values())
                : new RawResult.Unfit("an object whose type is " + Excerpt.quoted(type));
    }

    private void readTime(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            try {
                phenomenonTime = Optional.of(Times.parseEnd(parser.getText()));
            } catch (Times.Unreadable e) {
                refuse(Reason.MALFORMED, "The phenomenonTime " + e.getMessage() + ".");
            }
        } else if (parser.currentToken() != JsonToken.VALUE_NULL) {
            refuse(Reason.MALFORMED, "The phenomenonTime is %s, not a string.".formatted(describe(parser)));
            parser.skipChildren();
        }
    }

    private void readQuality(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        String text = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
        switch (text) {
            case "good" -> quality = Quality.GOOD;
            case "uncertain" -> quality = Quality.UNCERTAIN;
            case "bad" -> quality = Quality.BAD;
            default ->
                refuse(
                        Reason.MALFORMED,
                        "The resultQuality is %s; it can be 'good', 'uncertain' or 'bad'.".formatted(describe(parser)));
        }
        parser.skipChildren();
    }

    private void readDatastream(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            refuse(
                    Reason.MALFORMED,
                    "The Datastream is %s, not an object such as {\"@iot.id\": \"mic-1-level\"}."
                            .formatted(describe(parser)));
            parser.skipChildren();
            return;
        }
        Optional<String> id = Optional.empty();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals("@iot.id")) {
                if (id.isPresent()) {
                    refuse(Reason.MALFORMED, "The member 'Datastream/@iot.id' occurs twice.");
                }
                id = readIdentity(parser, "Datastream/@iot.id");
            } else {
                parser.skipChildren();
            }
        }
        if (id.isEmpty()) {
            refuse(Reason.MALFORMED, "The Datastream has no @iot.id.");
        }
        datastream = id;
    }

    private void readParameters(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            refuse(Reason.MALFORMED, "The member 'parameters' is %s, not an object.".formatted(describe(parser)));
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            switch (name) {
                case "id" -> {
                    once(7, "parameters/id");
                    parameterId = readIdentity(parser, "parameters/id");
                }
                case "sequence" -> {
                    once(8, "parameters/sequence");
                    sequence = readIdentity(parser, "parameters/sequence");
                }
                default -> parser.skipChildren();
            }
        }
    }

    private Optional<String> readIdentity(JsonParser parser, String name) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
            String identity = parser.getText();
            if (identity.isEmpty() || identity.length() > LONGEST_IDENTITY) {
                refuse(
                        Reason.MALFORMED,
                        "The member '%s' has %d characters; 1 to %d can be."
                                .formatted(name, identity.length(), LONGEST_IDENTITY));
                return Optional.empty();
            }
            if (!Json.isStorable(identity)) {
                refuse(
                        Reason.MALFORMED,
                        "The member '%s' has a character that is none (NUL or half of a surrogate pair)."
                                .formatted(name));
                return Optional.empty();
            }
            return Optional.of(identity);
        }
        if (token != JsonToken.VALUE_NULL) {
            refuse(
                    Reason.MALFORMED,
                    "The member '%s' is %s, neither a string nor a whole number.".formatted(name, describe(parser)));
            parser.skipChildren();
        }
        return Optional.empty();
    }

    /** Takes the position from a GeoJSON point, or a feature that is one; other shapes say nothing of a position. */
    private void readFeatureOfInterest(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("feature") && token == JsonToken.START_OBJECT) {
                readGeometry(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readGeometry(JsonParser parser) throws IOException {
        boolean point = false;
        double[] coordinates = NO_NUMBERS;
        boolean readable = true;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            if (name.equals("type") && token == JsonToken.VALUE_STRING) {
                point = parser.getText().equals("Point");
            } else if (name.equals("geometry") && token == JsonToken.START_OBJECT) {
                readGeometry(parser);
            } else if (name.equals("coordinates") && token == JsonToken.START_ARRAY) {
                coordinates = new double[] {Double.NaN, Double.NaN};
                int index = 0;
                for (token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken(), index++) {
                    if (!token.isNumeric()) {
                        readable = false;
                        parser.skipChildren();
                    } else if (index < 2) {
                        coordinates[index] = parser.getDoubleValue();
                    }
                }
            } else {
                parser.skipChildren();
            }
        }
        if (point) {
            takePosition(readable, coordinates);
        }
    }

    private void takePosition(boolean readable, double[] coordinates) {
        if (!readable || coordinates.length == 0) {
            refuse(Reason.MALFORMED, "The FeatureOfInterest is a point without coordinates that are numbers.");
            return;
        }
        double longitude = coordinates[0];
        double latitude = coordinates[1];
        if (longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90) {
            position = Optional.of(new Position(longitude, latitude));
        } else {
            refuse(
                    Reason.MALFORMED,
                    "The FeatureOfInterest lies at longitude %s, latitude %s, which is not on the earth."
                            .formatted(longitude, latitude));
        }
    }

    private static String describe(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return token == JsonToken.START_OBJECT
                ? "an object"
                : token == JsonToken.START_ARRAY ? "an array" : Excerpt.quoted(parser.getText());
    }
}
