// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.polias.model.admission.Reason;
import org.polias.model.observation.Quality;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Decodes the EVE output of Suricata (its user guide, "EVE JSON Format"): one JSON object a line. Each becomes an event of type
 * {@code suricata.<event_type>} whose attributes are the other fields, flattened. The whole line is the event's identity.
 */
public record EveDecoder(DecodeLimits limits) {

    private static final Set<String> SINGLE = Set.of("event_type", "timestamp");

    /** Decodes {@code bytes} from 0 to {@code length}: any number of lines, of which each is taken or refused by itself. */
    public Decoding decode(byte[] bytes, int length) {
        return Lines.decode(bytes, length, limits, (start, end) -> decodeLine(bytes, start, end));
    }

    private Decoded decodeLine(byte[] bytes, int start, int end) {
        try (JsonParser parser = Json.parser(bytes, start, end)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return malformed("The line is not an object.", start, end);
            }
            // What Suricata saw on the wire may hold any character; losing the alert for it would be worse than mending
            // it.
            Fields fields = new Fields(limits.result_bytes(), true, Set.of(), SINGLE);
            fields.readObject(parser);
            if (parser.nextToken() != null) {
                return malformed("There is more behind the end of the object.", start, end);
            }
            if (fields.fault().isPresent()) {
                Fields.Fault fault = fields.fault().get();
                return new Decoded.Refusal(fault.reason(), fault.detail(), start, end);
            }
            return event(fields, bytes, start, end);
        } catch (IOException e) {
            return malformed(Json.describe(e, start), start, end);
        }
    }

    private static Decoded event(Fields fields, byte[] bytes, int start, int end) {
        String type = fields.values().remove("event_type");
        String timestamp = fields.values().remove("timestamp");
        if (type == null || timestamp == null) {
            return malformed(
                    "The line has no %s.%nMaybe it is not Suricata's EVE output."
                            .formatted(type == null ? "event_type" : "timestamp"),
                    start,
                    end);
        }
        if (!EventTypes.isValid("suricata." + type)) {
            return malformed("The event_type is %s.".formatted(Excerpt.quoted(type)), start, end);
        }
        Instant at;
        try {
            at = Times.parseEnd(timestamp);
        } catch (Times.Unreadable e) {
            return malformed("The timestamp " + e.getMessage() + ".", start, end);
        }
        String line = new String(bytes, start, end - start, StandardCharsets.UTF_8).strip();
        return new Reading(
                Optional.empty(),
                Optional.of(at),
                new RawResult.Event("suricata." + type, fields.values()),
                Quality.GOOD,
                Optional.of(line),
                Optional.empty(),
                start,
                end);
    }

    private static Decoded malformed(String detail, int start, int end) {
        return new Decoded.Refusal(Reason.MALFORMED, detail, start, end);
    }
}
