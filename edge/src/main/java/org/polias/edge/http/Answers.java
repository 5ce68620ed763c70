// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

import org.polias.edge.intake.Delivery;
import org.polias.edge.intake.Rejection;
import org.polias.model.admission.Reason;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** The bodies and status codes of {@code docs/ingest.md}. */
final class Answers {

    private static final JsonFactory JSON = new JsonFactory();
    /** More refusals than this are counted, not listed: a large body of nonsense shall not earn a larger answer. */
    private static final int LISTED = 1_000;

    private Answers() {}

    static int status(Delivery delivery) {
        if (delivery.rejections().isEmpty()) {
            return 201;
        }
        return delivery.rejections().size() < delivery.items()
                ? 207
                : status(delivery.rejections().getFirst().reason());
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case MALFORMED, WRONG_RESULT, LATE, FUTURE_DATED -> 400;
            case OVERSIZED -> 413;
            case UNKNOWN_SENSOR, UNKNOWN_TOPIC -> 404;
            case FORBIDDEN -> 403;
            case DUPLICATE -> 201;
        };
    }

    static byte[] body(Delivery delivery) {
        return write(json -> {
            List<Rejection> rejections = delivery.rejections();
            if (!rejections.isEmpty() && rejections.size() == delivery.items()) {
                Rejection first = rejections.getFirst();
                writeError(json, first.reason().code(), first.detail());
            } else {
                json.writeNumberField("accepted", delivery.accepted());
                json.writeNumberField("duplicates", delivery.duplicates());
            }
            if (!rejections.isEmpty() && delivery.items() > 1) {
                writeRejections(json, rejections);
            }
        });
    }

    static byte[] error(String code, String detail) {
        return write(json -> writeError(json, code, detail));
    }

    private static void writeRejections(JsonGenerator json, List<Rejection> rejections) throws IOException {
        json.writeArrayFieldStart("rejected");
        for (Rejection rejection : rejections.subList(0, Math.min(LISTED, rejections.size()))) {
            json.writeStartObject();
            json.writeNumberField("index", rejection.index());
            writeError(json, rejection.reason().code(), rejection.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (rejections.size() > LISTED) {
            json.writeNumberField("omitted", rejections.size() - LISTED);
        }
    }

    /** A detail is a sentence that says what is wrong, and may have a line that says what may help. */
    private static void writeError(JsonGenerator json, String code, String detail) throws IOException {
        List<String> lines = detail.lines().toList();
        json.writeStringField("code", code);
        json.writeStringField("message", lines.isEmpty() ? "" : lines.getFirst());
        if (lines.size() > 1) {
            json.writeStringField("advice", String.join(" ", lines.subList(1, lines.size())));
        }
    }

    private interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            body.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
