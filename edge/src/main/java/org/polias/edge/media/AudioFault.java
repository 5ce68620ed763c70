// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

/**
 * Why a file or a stream cannot be listened to, or not all of it.
 *
 * @param message a sentence for a person, without the file's name
 */
public record AudioFault(Code code, String message) {

    /** Stable names for what was wrong. */
    public enum Code {
        MISSING("missing"),
        UNREADABLE("unreadable"),
        /** A folder, a pipe, a device. */
        NOT_A_FILE("not-a-file"),
        EMPTY("empty"),
        /** In no format that is known. */
        NOT_AUDIO("not-audio"),
        /** A film without sound, or sound of no duration. */
        NO_SOUND("no-sound"),
        /** In a known format, but in a way that cannot be read. */
        UNSUPPORTED("unsupported"),
        /** Some of it could not be decoded; the rest was. */
        CORRUPT("corrupt"),
        /** It is shorter than it says. */
        TRUNCATED("truncated"),
        /** It comes over the network, and does not come. */
        UNREACHABLE("unreachable"),
        /** FFmpeg does not run here. */
        NO_NATIVES("no-natives");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
