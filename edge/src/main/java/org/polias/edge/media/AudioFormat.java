// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.media;

import java.util.OptionalDouble;

/**
 * What a file holds, before it is made 16 kHz mono.
 *
 * @param container FFmpeg's name of the file format, as in {@code wav}
 * @param codec FFmpeg's name of the encoding, as in {@code pcm_s16le}
 * @param duration_s how long it says it is
 */
public record AudioFormat(String container, String codec, int sampleRate_Hz, int channels, OptionalDouble duration_s) {}
