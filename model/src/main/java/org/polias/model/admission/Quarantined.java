// SPDX-License-Identifier: Apache-2.0
package org.polias.model.admission;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

import org.polias.model.id.DeviceId;
import org.polias.model.id.TenantId;

/**
 * A payload that was refused and is kept, so that someone can see why and, once the cause is mended, have it taken in after all.
 *
 * @param id computed from the rest
 * @param way by which it came: {@code mqtt}, {@code http} or {@code file}
 * @param address the MQTT topic, HTTP path or file name to which it was sent
 * @param payload what was sent, never changed; cut at the quarantine's size limit if {@code truncated}
 */
public record Quarantined(
        String id,
        TenantId tenant,
        DeviceId device,
        Instant receivedAt,
        String way,
        String address,
        Reason reason,
        String detail,
        byte[] payload,
        boolean truncated) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Quarantined that
                && id.equals(that.id)
                && tenant.equals(that.tenant)
                && device.equals(that.device)
                && receivedAt.equals(that.receivedAt)
                && way.equals(that.way)
                && address.equals(that.address)
                && reason == that.reason
                && detail.equals(that.detail)
                && truncated == that.truncated
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, tenant);
    }

    @Override
    public String toString() {
        return "Quarantined[%s, %s, %s, %s, %s, %d bytes]"
                .formatted(id, device, reason.code(), address, detail, payload.length);
    }
}
