// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** Lines as Suricata 7 writes them into {@code eve.json}: the fields that matter, in its order and its form of time. */
final class EveLines {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EveLines() {}

    /** Two ends of a connection. */
    record Flow(long id, String source, int sourcePort, String destination, int destinationPort, String protocol) {}

    /** A connection that has ended. */
    static String flow(Instant time, Flow flow, String application, long bytes, int age_s) {
        return write(json -> {
            head(json, time, flow, "flow");
            json.writeStringField("app_proto", application);
            json.writeObjectFieldStart("flow");
            json.writeNumberField("pkts_toserver", 4 + bytes / 1400);
            json.writeNumberField("pkts_toclient", 4 + bytes / 900);
            json.writeNumberField("bytes_toserver", bytes);
            json.writeNumberField("bytes_toclient", bytes * 2 + 310);
            json.writeStringField("start", TIME.format(time.minusSeconds(age_s)));
            json.writeStringField("end", TIME.format(time));
            json.writeNumberField("age", age_s);
            json.writeStringField("state", "closed");
            json.writeStringField("reason", "timeout");
            json.writeBooleanField("alerted", false);
            json.writeEndObject();
        });
    }

    /** A question to a name server. */
    static String dns(Instant time, Flow flow, String name, int transaction) {
        return write(json -> {
            head(json, time, flow, "dns");
            json.writeObjectFieldStart("dns");
            json.writeStringField("type", "query");
            json.writeNumberField("id", transaction);
            json.writeStringField("rrname", name);
            json.writeStringField("rrtype", "A");
            json.writeNumberField("tx_id", 0);
            json.writeEndObject();
        });
    }

    /** The sensor's own counters. */
    static String stats(Instant time, long uptime_s, long packets, long bytes) {
        return write(json -> {
            json.writeStringField("timestamp", TIME.format(time));
            json.writeStringField("event_type", "stats");
            json.writeObjectFieldStart("stats");
            json.writeNumberField("uptime", uptime_s);
            json.writeObjectFieldStart("capture");
            json.writeNumberField("kernel_packets", packets);
            json.writeNumberField("kernel_drops", 0);
            json.writeEndObject();
            json.writeObjectFieldStart("decoder");
            json.writeNumberField("pkts", packets);
            json.writeNumberField("bytes", bytes);
            json.writeNumberField("invalid", 0);
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    /** A rule that matched. */
    static String alert(Instant time, Flow flow, String application, Signature signature) {
        return write(json -> {
            head(json, time, flow, "alert");
            json.writeObjectFieldStart("alert");
            json.writeStringField("action", "allowed");
            json.writeNumberField("gid", 1);
            json.writeNumberField("signature_id", signature.id());
            json.writeNumberField("rev", 1);
            json.writeStringField("signature", signature.text());
            json.writeStringField("category", signature.category());
            json.writeNumberField("severity", signature.severity());
            if (!signature.technique().isEmpty()) {
                json.writeObjectFieldStart("metadata");
                json.writeArrayFieldStart("mitre_technique_id");
                json.writeString(signature.technique());
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeStringField("app_proto", application);
            json.writeStringField("direction", "to_server");
        });
    }

    private static void head(JsonGenerator json, Instant time, Flow flow, String type) throws IOException {
        json.writeStringField("timestamp", TIME.format(time));
        json.writeNumberField("flow_id", flow.id);
        json.writeStringField("in_iface", "eth1");
        json.writeStringField("event_type", type);
        json.writeStringField("src_ip", flow.source);
        json.writeNumberField("src_port", flow.sourcePort);
        json.writeStringField("dest_ip", flow.destination);
        json.writeNumberField("dest_port", flow.destinationPort);
        json.writeStringField("proto", flow.protocol);
    }

    private static String write(Body body) {
        StringWriter text = new StringWriter(512);
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
