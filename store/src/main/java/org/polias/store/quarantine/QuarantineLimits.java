// SPDX-License-Identifier: Apache-2.0
package org.polias.store.quarantine;

/**
 * How much of each tenant's refused payloads is kept. Beyond it the oldest give way.
 *
 * @param bytes the sum of their payloads' sizes
 */
public record QuarantineLimits(long payloads, long bytes) {

    /** 20,000 payloads of together 256 MiB. */
    public static final QuarantineLimits DEFAULT = new QuarantineLimits(20_000, 256L << 20);

    /** @throws IllegalArgumentException if a limit is not positive */
    public QuarantineLimits {
        if (payloads <= 0 || bytes <= 0) {
            throw new IllegalArgumentException(
                    "A quarantine of %d payloads and %d bytes holds nothing.".formatted(payloads, bytes));
        }
    }
}
