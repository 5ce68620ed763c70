// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;

import org.polias.app.tls.OneCertificate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A platform that runs, as its API shows it to an administrator of its machine. Found by its data directory: {@code run.json}
 * says where it listens, {@code admin.token} proves that we may read its files.
 */
final class RunningPlatform {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int DEFAULT_MQTT_PORT = 1883;

    private final URI url;
    private final long pid;
    private final int mqttPort;
    private final String token;
    private final Optional<String> certificateFile;
    private final HttpClient client;

    private RunningPlatform(
            URI url,
            long pid,
            int mqttPort,
            String token,
            Optional<X509Certificate> certificate,
            Optional<String> certificateFile) {
        this.url = url;
        this.pid = pid;
        this.mqttPort = mqttPort;
        this.token = token;
        this.certificateFile = certificateFile;
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIMEOUT);
        certificate.ifPresent(shown -> builder.sslContext(new OneCertificate(shown).clientContext()));
        client = builder.build();
    }

    /**
     * The platform that runs on this data directory.
     *
     * @throws CommandFailed if none does
     */
    static RunningPlatform get(Path data) {
        Path file = data.resolve("run.json");
        JsonNode run;
        try {
            run = JSON.readTree(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING,
                    "No platform runs on %s.%nMaybe start it with './polias up', or name its data directory with --data."
                            .formatted(data),
                    e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        long pid = run.path("pid").asLong();
        if (!run.path("url").isTextual() || pid <= 0) {
            throw unreadable(file, new IOException("it names no url and pid."));
        }
        if (ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING,
                    "The platform that ran on %s (process %d) is gone.%nMaybe start it again with './polias up'."
                            .formatted(data, pid));
        }
        Path tokenFile = data.resolve("admin.token");
        String token;
        try {
            token = Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw unreadable(tokenFile, e);
        }
        return new RunningPlatform(
                URI.create(run.path("url").asText()),
                pid,
                run.path("mqttPort").asInt(DEFAULT_MQTT_PORT),
                token,
                findCertificate(file, run),
                Optional.ofNullable(run.path("certificateFile").textValue()));
    }

    private static Optional<X509Certificate> findCertificate(Path file, JsonNode run) {
        try {
            byte[] encoded = run.path("certificate").binaryValue();
            return encoded == null
                    ? Optional.empty()
                    : Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(encoded)));
        } catch (IOException | CertificateException e) {
            throw unreadable(file, new IOException("its certificate cannot be read.", e));
        }
    }

    private static CommandFailed unreadable(Path file, IOException fault) {
        return new CommandFailed(
                ExitCode.FAILED,
                "%s cannot be used: %s%nMaybe be the user who started the platform."
                        .formatted(file, Faults.reason(fault)),
                fault);
    }

    URI url() {
        return url;
    }

    long pid() {
        return pid;
    }

    int mqttPort() {
        return mqttPort;
    }

    /** The file of the certificate that it shows, if it speaks TLS. */
    Optional<String> findCertificateFile() {
        return certificateFile;
    }

    JsonNode get(String path) {
        return send("GET", path, Optional.empty());
    }

    JsonNode post(String path, JsonNode body) {
        return send("POST", path, Optional.of(body));
    }

    JsonNode post(String path) {
        return send("POST", path, Optional.empty());
    }

    JsonNode put(String path, JsonNode body) {
        return send("PUT", path, Optional.of(body));
    }

    JsonNode delete(String path) {
        return send("DELETE", path, Optional.empty());
    }

    /** An object to fill and send. */
    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** As {@code --json} prints it. */
    static String pretty(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One segment of a path, or a value of a query, so written that it stays one. */
    static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode send(String method, String path, Optional<JsonNode> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(ANSWER_TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("X-Polias", "1")
                .method(
                        method,
                        body.map(node -> BodyPublishers.ofString(node.toString()))
                                .orElseGet(BodyPublishers::noBody));
        if (body.isPresent()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.NOT_RUNNING,
                    "The platform (process %d) does not answer at %s: %s%nMaybe it is still starting, or stopping: try again."
                            .formatted(pid, url, Faults.reason(e)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "Interrupted while waiting for %s.".formatted(url), e);
        }
        JsonNode content = parse(answer.body());
        if (answer.statusCode() / 100 == 2) {
            return content;
        }
        throw refused(method, path, answer.statusCode(), content);
    }

    private static JsonNode parse(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static CommandFailed refused(String method, String path, int status, JsonNode answer) {
        String message = answer.path("message").asText("");
        if (message.isBlank()) {
            message = "The platform answered %s %s with status %d.".formatted(method, path, status);
        }
        String advice = answer.path("advice").asText("");
        return new CommandFailed(
                ExitCode.REFUSED, advice.isBlank() ? message : message + System.lineSeparator() + advice);
    }
}
