// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's libraries, loaded once, with the first question. */
final class Ffmpeg {

    private static final Optional<AudioFault> FAULT = load();

    private Ffmpeg() {}

    /** Why they do not run here; empty if they do. */
    static Optional<AudioFault> findFault() {
        return FAULT;
    }

    /** What an error code of theirs means. */
    static String reason(int error) {
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(error, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    private static Optional<AudioFault> load() {
        try {
            Loader.load(avutil.class);
            Loader.load(swresample.class);
            Loader.load(avcodec.class);
            Loader.load(avformat.class);
            // They would write to the terminal what we say ourselves.
            avutil.av_log_set_level(avutil.AV_LOG_QUIET);
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(new AudioFault(
                    AudioFault.Code.NO_NATIVES,
                    "FFmpeg does not run here: %s%nMaybe the build was made on another system; build it on this one (%s, %s)."
                            .formatted(e.getMessage(), System.getProperty("os.name"), System.getProperty("os.arch"))));
        }
    }
}
