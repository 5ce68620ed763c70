// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

/**
 * The binary form of a kind of record. The same value always gives the same bytes. Thread-safe.
 *
 * <p>Every record begins with the version of the form and the tag of what it is. A reader that knows neither says so; it never
 * guesses.
 *
 * @param <T> the kind of record
 */
public interface Codec<T> {

    /** The version of the form that is written. */
    int VERSION = 1;

    byte[] encode(T value);

    /** @throws CorruptRecordException if {@code bytes} are not a record of this kind */
    T decode(byte[] bytes);
}
