// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What a connection that brings sound says first, on one line:
 *
 * <pre>
 *   {"device": "gw-1", "secret": "...", "datastream": "mic-1-sound", "rate_Hz": 16000, "channels": 1, "bits": 16,
 *    "start": "2026-11-25T10:00:00.123456Z"}
 * </pre>
 *
 * Channels are 1 and bits 16 where nothing is said; without {@code start} the time of arrival counts.
 */
record SoundHeader(String device, String secret, String datastream, Pcm.Format format, Optional<Instant> start) {

    private static final JsonFactory JSON = new JsonFactory();

    /** What a line is: a header, or why it is none. */
    sealed interface Parsed {
        record Header(SoundHeader header) implements Parsed {}

        record Unreadable(String why) implements Parsed {}
    }

    static Parsed parse(String line) {
        Map<String, String> members = new TreeMap<>();
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return new Parsed.Unreadable("The first line is not a JSON object.");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (!value.isScalarValue()) {
                    return new Parsed.Unreadable(
                            "The member '%s' of the first line is not a string or number.".formatted(name));
                }
                members.put(name, parser.getText());
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                return new Parsed.Unreadable("The first line is not one JSON object.");
            }
        } catch (IOException e) {
            return new Parsed.Unreadable("The first line is not JSON: it must be one object on one line.");
        }
        for (String needed : new String[] {"device", "secret", "datastream", "rate_Hz"}) {
            if (!members.containsKey(needed)) {
                return new Parsed.Unreadable("The first line has no '%s'.".formatted(needed));
            }
        }
        Pcm.Format format;
        try {
            format = new Pcm.Format(
                    Integer.parseInt(members.get("rate_Hz")),
                    Integer.parseInt(members.getOrDefault("channels", "1")),
                    Integer.parseInt(members.getOrDefault("bits", "16")));
        } catch (NumberFormatException e) {
            return new Parsed.Unreadable("rate_Hz, channels and bits are whole numbers.");
        }
        Optional<String> fault = format.findFault();
        if (fault.isPresent()) {
            return new Parsed.Unreadable(fault.get());
        }
        Optional<Instant> start = Optional.empty();
        if (members.containsKey("start")) {
            try {
                start = Optional.of(OffsetDateTime.parse(members.get("start")).toInstant());
            } catch (DateTimeException e) {
                return new Parsed.Unreadable(
                        "The start '%s' is not a time with its offset, such as 2026-11-25T10:00:00Z."
                                .formatted(members.get("start")));
            }
        }
        return new Parsed.Header(new SoundHeader(
                members.get("device"), members.get("secret"), members.get("datastream"), format, start));
    }
}
