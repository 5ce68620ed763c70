// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

import org.polias.model.observation.Result;
import org.polias.pilots.Emission;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** The messages of the world's gateways, as {@code docs/ingest.md} has them. */
final class Payloads {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Payloads() {}

    /** A SensorThings observation. */
    static String observation(Emission.Measured emission, boolean namesDatastream) {
        return write(json -> {
            json.writeStringField("phenomenonTime", emission.time().toString());
            json.writeFieldName("result");
            result(json, emission.result());
            json.writeObjectFieldStart("parameters");
            json.writeStringField("id", identity(emission.time()));
            json.writeEndObject();
            if (namesDatastream) {
                json.writeObjectFieldStart("Datastream");
                json.writeStringField("@iot.id", emission.datastream().value());
                json.writeEndObject();
            }
        });
    }

    /** A block of PCM. */
    static byte[] sound(Emission.Sound emission) {
        short[] samples = emission.samples();
        ByteBuffer bytes = ByteBuffer.allocate(20 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("PCM1".getBytes(StandardCharsets.US_ASCII))
                .putInt(Emission.SOUND_RATE_HZ)
                .put((byte) 1)
                .put((byte) 16)
                .putShort((short) 0)
                .putLong(emission.first().getEpochSecond() * 1_000_000
                        + emission.first().getNano() / 1_000);
        for (short sample : samples) {
            bytes.putShort(sample);
        }
        return bytes.array();
    }

    /** A generic event. */
    static String event(Emission.Happened emission) {
        return write(json -> {
            json.writeStringField("time", emission.time().toString());
            json.writeStringField("type", emission.event().type());
            json.writeStringField(
                    "id", identity(emission.time()) + "-" + emission.event().type());
            for (Map.Entry<String, String> attribute :
                    emission.event().attributes().entrySet()) {
                json.writeStringField(attribute.getKey(), attribute.getValue());
            }
        });
    }

    /** The device's name for an observation: no datastream reports twice in one microsecond, in this life or the next. */
    private static String identity(Instant time) {
        return Long.toString(
                Math.addExact(time.getEpochSecond() * 1_000_000, time.getNano() / 1_000), Character.MAX_RADIX);
    }

    private static void result(JsonGenerator json, Result result) throws IOException {
        switch (result) {
            case Result.Quantity quantity -> json.writeNumber(quantity.value());
            case Result.Count count -> json.writeNumber(count.value());
            case Result.Truth truth -> json.writeBoolean(truth.value());
            case Result.Category category -> json.writeString(category.code());
            case Result.Text text -> json.writeString(text.value());
            case Result.Vector vector -> json.writeArray(vector.values(), 0, vector.values().length);
            case Result.EventRecord event -> {
                json.writeStartObject();
                json.writeStringField("type", event.type());
                for (Map.Entry<String, String> attribute : event.attributes().entrySet()) {
                    json.writeStringField(attribute.getKey(), attribute.getValue());
                }
                json.writeEndObject();
            }
        }
    }

    private static String write(Body body) {
        StringWriter text = new StringWriter(192);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing into memory failed.", e);
        }
        return text.toString();
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
