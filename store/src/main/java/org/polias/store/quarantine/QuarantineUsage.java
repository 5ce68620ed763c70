// SPDX-License-Identifier: Apache-2.0
package org.polias.store.quarantine;

/**
 * What a tenant's quarantine holds.
 *
 * @param bytes the sum of the payloads' sizes
 * @param replaced how many payloads gave way to newer ones so far
 */
public record QuarantineUsage(long payloads, long bytes, long replaced) {}
