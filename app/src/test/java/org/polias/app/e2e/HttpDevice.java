// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.polias.app.system.PlatformProcess;
import org.polias.app.system.PlatformProcess.Answer;

/** A device that speaks HTTP. */
record HttpDevice(PlatformProcess platform, String name, String secret) {

    static HttpDevice added(PlatformProcess platform, String name) {
        return new HttpDevice(platform, name, platform.createDevice(name));
    }

    /** One that may write at one site only. */
    static HttpDevice addedAt(PlatformProcess platform, String name, String site) {
        Answer answer = platform.post("/api/devices", "{\"device\": \"%s\", \"site\": \"%s\"}".formatted(name, site));
        return new HttpDevice(platform, name, answer.json().path("secret").asText());
    }

    Answer observe(String datastream, String body) {
        return post("/v1.1/Datastreams(%s)/Observations".formatted(datastream), body);
    }

    Answer post(String path, String body) {
        return post(path, BodyPublishers.ofString(body));
    }

    Answer post(String path, BodyPublisher body) {
        String credentials = name + ":" + secret;
        return platform.send(HttpRequest.newBuilder(platform.url().resolve(path))
                .POST(body)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8))));
    }
}
