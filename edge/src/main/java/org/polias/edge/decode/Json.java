// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.io.IOException;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** Strict JSON in strict UTF-8 (RFC 8259), and what to say where it is not. */
final class Json {

    /** What the parser adds in words that name its classes; the place is said in ours. */
    private static final Pattern WHERE_IT_BEGAN = Pattern.compile("\\s*\\(start marker at \\[Source:[^\\]]*\\]\\)");

    /** Deeper than anything that a sensor has to say (Suricata's events reach 8). */
    private static final int DEEPEST = 64;
    /** No double needs more digits than this to be exact (IEEE 754 binary64: 767 significant digits). */
    private static final int LONGEST_NUMBER = 800;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(16 << 20)
                    .maxNameLength(1024)
                    .build())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private Json() {}

    static JsonParser parser(byte[] bytes, int start, int end) throws IOException {
        return FACTORY.createParser(bytes, start, end - start);
    }

    /** The offset behind a byte order mark, if there is one. */
    static int afterMark(byte[] bytes, int start, int end) {
        return end - start >= 3
                        && bytes[start] == (byte) 0xEF
                        && bytes[start + 1] == (byte) 0xBB
                        && bytes[start + 2] == (byte) 0xBF
                ? start + 3
                : start;
    }

    static boolean isBlank(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isSpace(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /**
     * The offset of the first byte that is not of a well-formed UTF-8 sequence (Unicode 15, table 3-7), or -1. A NUL counts too:
     * JSON allows none, and with it the parser would take the text for UTF-16 or UTF-32.
     */
    static int findBadByte(byte[] bytes, int start, int end) {
        int i = start;
        while (i < end) {
            int b = bytes[i];
            if (b > 0) {
                i++;
                continue;
            }
            int length = sequenceLength(b & 0xff);
            if (length == 0 || i + length > end || !isSequence(bytes, i, length)) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    private static int sequenceLength(int lead) {
        if (lead >= 0xC2 && lead <= 0xDF) {
            return 2;
        }
        if (lead >= 0xE0 && lead <= 0xEF) {
            return 3;
        }
        return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    }

    private static boolean isSequence(byte[] bytes, int at, int length) {
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        int lead = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return !(lead == 0xE0 && second < 0xA0 // overlong
                || lead == 0xED && second > 0x9F // surrogates
                || lead == 0xF0 && second < 0x90 // overlong
                || lead == 0xF4 && second > 0x8F); // beyond U+10FFFF
    }

    static String badByte(byte[] bytes, int at) {
        if (at == 1 && bytes[at] == (byte) 0x8B && bytes[0] == 0x1F) {
            return "The byte 0x8B at byte 1 is not UTF-8.%nMaybe it is packed by gzip; over HTTP a Content-Encoding says so, elsewhere it has to be unpacked before."
                    .formatted();
        }
        return bytes[at] == 0
                ? "There is a NUL at byte %d, which no JSON text has.".formatted(at)
                : "The byte 0x%02X at byte %d is not UTF-8.".formatted(bytes[at] & 0xff, at);
    }

    /**
     * What is wrong with the JSON, and where.
     *
     * @param base the offset in the payload at which the parser started
     */
    static String describe(IOException failure, int base) {
        if (failure instanceof JsonProcessingException problem) {
            JsonLocation where = problem.getLocation();
            String message = Excerpt.of(WHERE_IT_BEGAN
                    .matcher(firstLine(problem.getOriginalMessage()))
                    .replaceAll(""));
            return where == null || where.getByteOffset() < 0
                    ? "Not JSON: %s.".formatted(message)
                    : "Not JSON at byte %d (line %d, column %d): %s."
                            .formatted(base + where.getByteOffset(), where.getLineNr(), where.getColumnNr(), message);
        }
        return "Not JSON: %s.".formatted(Excerpt.of(String.valueOf(failure.getMessage())));
    }

    /** What the parser says, without its advice on how to make it less strict. */
    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        int advice = line.indexOf(": enable ");
        return advice < 0 ? line : line.substring(0, advice);
    }

    /** How many bytes {@code text} takes in UTF-8. */
    static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // Each half of a surrogate pair stands for two of the pair's four bytes.
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }

    /** Whether {@code text} can be stored: no NUL, no half of a surrogate pair (JSON can spell both with escapes). */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** {@code text} with U+FFFD for everything that {@link #isStorable} objects to. */
    static String storable(String text) {
        if (isStorable(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> clean.appendCodePoint(c == 0 || c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c));
        return clean.toString();
    }
}
