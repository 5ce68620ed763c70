// SPDX-License-Identifier: Apache-2.0
/**
 * What a microphone in a street would hear, computed: {@link org.polias.pilots.sound.Repertoire sources},
 * {@link org.polias.pilots.sound.Place the way} the sound takes past facades and through the air, and
 * {@link org.polias.pilots.sound.Recorder the device} that records it. All of it is mono at 16 kHz, with 1 as full scale, and follows from
 * seeds alone: transcendental functions are those of {@link java.lang.StrictMath}, so that it is the same to the bit on every machine.
 */
@NullMarked
package org.polias.pilots.sound;

import org.jspecify.annotations.NullMarked;
