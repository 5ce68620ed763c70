// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.polias.app.tls.ServerIdentity;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The small files of a data directory: {@code run.json} says where the running instance is, {@code admin.token} lets the command
 * line of whoever may read it in.
 */
final class RunFiles {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TOKEN_BYTES = 32;

    private final Path data;

    RunFiles(Path data) {
        this.data = data;
    }

    /** The command line's token; made on the first start. */
    String adminToken() throws IOException {
        Path file = data.resolve("admin.token");
        if (Files.exists(file)) {
            String token = Files.readString(file).strip();
            if (!token.isEmpty()) {
                return token;
            }
        }
        String token = randomToken();
        writeSecret(file, token);
        return token;
    }

    /**
     * What is shown over TLS.
     *
     * @param file of the certificate
     */
    record Shown(Path file, ServerIdentity identity) {}

    /** Says that an instance runs, and where. */
    void writeRunning(String url, int mqttPort, String kafka, Optional<Shown> shown) throws IOException {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("url", url);
        run.put("pid", ProcessHandle.current().pid());
        run.put("mqttPort", mqttPort);
        run.put("kafka", kafka);
        if (shown.isPresent()) {
            run.put("certificateFile", shown.get().file().toString());
            // As it is shown now: the file may be renewed while we run.
            try {
                run.put("certificate", shown.get().identity().certificate().getEncoded());
            } catch (CertificateEncodingException e) {
                throw new IOException("The certificate cannot be written down.", e);
            }
        }
        Path temporary = data.resolve("run.json.tmp");
        Files.writeString(temporary, JSON.writeValueAsString(run) + System.lineSeparator());
        Files.move(
                temporary,
                data.resolve("run.json"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** Says that none runs any more. */
    void deleteRunning() throws IOException {
        Files.deleteIfExists(data.resolve("run.json"));
    }

    /** Writes a file that only its owner can read. */
    static void writeSecret(Path file, String secret) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        if (Files.getFileStore(file.getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(
                temporary,
                secret.getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.SYNC);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** 256 random bits as text. */
    static String randomToken() {
        byte[] token = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(token);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }
}
