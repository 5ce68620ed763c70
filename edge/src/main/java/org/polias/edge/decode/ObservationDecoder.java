// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.polias.edge.decode.Decoding.Shape;
import org.polias.model.admission.Reason;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Decodes a SensorThings observation, or an array of them (OGC SensorThings API 1.1, 18-088, section 8.2.6). One pass over the
 * bytes, no tree. If the payload is not JSON, nothing of it is taken; if an element of an array is no observation, the others are.
 */
public record ObservationDecoder(DecodeLimits limits) {

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
        try (JsonParser parser = Json.parser(bytes, start, length)) {
            JsonToken first = parser.nextToken();
            Decoding decoding;
            if (first == JsonToken.START_OBJECT) {
                ObservationReader reader = new ObservationReader(limits);
                reader.readObject(parser);
                refuseIfTooLong(reader, start, length);
                decoding = new Decoding(Shape.SINGLE, List.of(reader.finish(0, length)));
            } else if (first == JsonToken.START_ARRAY) {
                decoding = readArray(parser, start, length);
                if (decoding.shape() == Shape.SINGLE) {
                    return decoding;
                }
            } else {
                return Decoding.refused(
                        Reason.MALFORMED,
                        "The payload is %s, neither an observation nor an array of them."
                                .formatted(Excerpt.quoted(parser.getText())),
                        length);
            }
            if (parser.nextToken() != null) {
                return Decoding.refused(
                        Reason.MALFORMED,
                        "There is more behind the end of the JSON, at byte %d.%nMaybe send several observations as an array."
                                .formatted(start + parser.currentTokenLocation().getByteOffset()),
                        length);
            }
            return decoding;
        } catch (IOException e) {
            return Decoding.refused(Reason.MALFORMED, Json.describe(e, start), length);
        }
    }

    private void refuseIfTooLong(ObservationReader reader, int start, int end) {
        if (end - start > limits.item_bytes()) {
            reader.refuse(
                    Reason.OVERSIZED,
                    "The observation at byte %d is %d bytes long; %d can be."
                            .formatted(start, end - start, limits.item_bytes()));
        }
    }

    private Decoding readArray(JsonParser parser, int base, int length) throws IOException {
        List<Decoded> items = new ArrayList<>();
        ObservationReader reader = new ObservationReader(limits);
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (items.size() == limits.items()) {
                return Decoding.refused(
                        Reason.OVERSIZED,
                        "The array has more than %d observations.%nMaybe send it in parts.".formatted(limits.items()),
                        length);
            }
            int start = base + (int) parser.currentTokenLocation().getByteOffset();
            reader.clear();
            if (token == JsonToken.START_OBJECT) {
                reader.readObject(parser);
            } else {
                parser.skipChildren();
                // The end of a scalar is known only behind it, so its text is fetched first.
                parser.finishToken();
                reader.refuse(Reason.MALFORMED, "The element at byte %d is not an object.".formatted(start));
            }
            int end = base + (int) parser.currentLocation().getByteOffset();
            refuseIfTooLong(reader, start, end);
            items.add(reader.finish(start, end));
        }
        return items.isEmpty()
                ? Decoding.refused(Reason.MALFORMED, "The array holds no observation.", length)
                : new Decoding(Shape.ARRAY, items);
    }
}
