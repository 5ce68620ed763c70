// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** The little of the platform's API that a measurement needs. */
record PlatformApi(HttpClient client, URI url, String token) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Registers a device and returns its secret. */
    String addDevice(String device) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve("/api/devices"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                JSON.createObjectNode().put("device", device).toString())))
                .path("secret")
                .asText();
    }

    /** How many observations have been stored since the platform started. */
    long stored() throws IOException, InterruptedException {
        JsonNode stats = send(HttpRequest.newBuilder(url.resolve("/api/stats")).GET());
        if (!stats.path("stored").isNumber()) {
            throw new IOException("The platform's /api/stats has no number 'stored', but " + stats);
        }
        return stats.path("stored").asLong();
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest whole = request.header("Authorization", "Bearer " + token)
                .header("X-Polias", "1")
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> answer = client.send(whole, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("The platform answered %s %s with status %d: %s"
                    .formatted(whole.method(), whole.uri().getPath(), answer.statusCode(), answer.body()));
        }
        return JSON.readTree(answer.body());
    }
}
