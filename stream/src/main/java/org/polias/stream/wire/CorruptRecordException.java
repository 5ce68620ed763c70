// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.wire;

import org.jspecify.annotations.Nullable;

/** Bytes of the log that cannot be read: damaged, cut off, or written by a release that this one does not know. */
public final class CorruptRecordException extends RuntimeException {

    public CorruptRecordException(String message) {
        super(message);
    }

    public CorruptRecordException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
