// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file as UTF-8 text, or says what keeps it from being that. */
public final class TextFile {

    /** The largest file that is read: several hundred thousand corners of zones. */
    static final long MAX_BYTES = 16L << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    public static Optional<String> read(Path path, String file, ProblemLog log) {
        try {
            if (!Files.isRegularFile(path)) {
                log.add(file, 0, "", "%s is not a file.".formatted(file), "Maybe it is a folder of the same name.");
                return Optional.empty();
            }
            long size = Files.size(path);
            if (size > MAX_BYTES) {
                log.add(
                        file,
                        0,
                        Long.toString(size),
                        "%s has %d bytes; more than %d are not read.".formatted(file, size, MAX_BYTES),
                        "Maybe simplify the shapes, or split the city.");
                return Optional.empty();
            }
            return decode(Files.readAllBytes(path), file, log);
        } catch (IOException e) {
            log.add(
                    file,
                    0,
                    "",
                    "%s cannot be read: %s.".formatted(file, e.getClass().getSimpleName()),
                    "Maybe its permissions do not let this user read it.");
            return Optional.empty();
        }
    }

    static Optional<String> decode(byte[] bytes, String file, ProblemLog log) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                if (bytes[i] == '\n') {
                    line++;
                }
            }
            String octet = "0x%02X".formatted(bytes[in.position()]);
            log.add(
                    file,
                    line,
                    octet,
                    "%s is not UTF-8 text: the byte %s has no meaning there.".formatted(file, octet),
                    "Maybe save it with the encoding UTF-8.");
            return Optional.empty();
        }
        String text = out.flip().toString();
        return Optional.of(!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text);
    }
}
