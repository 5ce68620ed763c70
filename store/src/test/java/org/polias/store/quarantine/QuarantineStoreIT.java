// SPDX-License-Identifier: Apache-2.0
package org.polias.store.quarantine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.id.TenantId;
import org.polias.store.Samples;
import org.polias.store.SharedStore;
import org.polias.store.Store;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;
import org.polias.store.log.Stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.store.Samples.NOON;

@ExtendWith(SharedStore.class)
class QuarantineStoreIT {

    private final Store store;
    private final TenantId tenant;
    private long offset;

    QuarantineStoreIT(Store store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
    }

    @Test
    void aPayloadIsKeptAsItCame() {
        byte[] everyByte = new byte[256];
        IntStream.range(0, 256).forEach(i -> everyByte[i] = (byte) i);
        Quarantined payload = payload("q1", Reason.MALFORMED, everyByte);

        append(List.of(payload));

        assertThat(store.quarantine().find(tenant, "q1")).contains(new QuarantineEntry(payload, 256, Optional.empty()));
    }

    @Test
    void aHostileAddressStopsNothing() {
        append(List.of(new Quarantined(
                "q1",
                tenant,
                Samples.DEVICE,
                NOON,
                "mqtt",
                "v1.1/\u0000/'; DROP TABLE quarantine; --",
                Reason.UNKNOWN_TOPIC,
                "\uD800".repeat(100_000),
                new byte[0],
                true)));

        assertThat(store.quarantine().find(tenant, "q1").orElseThrow().payload().address())
                .isEqualTo("v1.1/\uFFFD/'; DROP TABLE quarantine; --");
    }

    @Test
    void payloadsAreListedByReasonNewestFirst() {
        append(List.of(
                payload("q1", Reason.MALFORMED, new byte[1]),
                payload("q2", Reason.LATE, new byte[1]),
                payload("q3", Reason.MALFORMED, new byte[1])));

        assertThat(ids(store.quarantine().list(tenant, Optional.empty(), 10))).containsExactly("q3", "q2", "q1");
        assertThat(ids(store.quarantine().list(tenant, Optional.of(Reason.MALFORMED), 10)))
                .containsExactly("q3", "q1");
        assertThat(ids(store.quarantine().list(tenant, Optional.of(Reason.MALFORMED), 1)))
                .containsExactly("q3");
    }

    @Test
    void aReplayedPayloadIsMarked() {
        append(List.of(payload("q1", Reason.LATE, new byte[1]), payload("q2", Reason.LATE, new byte[1])));

        assertThat(store.quarantine().markReplayed(tenant, "q1", NOON)).isTrue();
        assertThat(store.quarantine().markReplayed(new TenantId("someone-else"), "q2", NOON))
                .isFalse();
        assertThat(store.quarantine().find(tenant, "q1").orElseThrow().replayedAt())
                .contains(NOON);
        assertThat(store.quarantine().listIdsNotReplayed(tenant, Optional.empty(), 10))
                .containsExactly("q2");
    }

    @Test
    void aListHoldsOnlyTheBeginningOfALongPayload() {
        byte[] payload = new byte[10_000];
        Arrays.fill(payload, (byte) 'x');
        append(List.of(payload("long", Reason.LATE, payload)));

        QuarantineEntry listed =
                store.quarantine().list(tenant, Optional.empty(), 10).getFirst();
        assertThat(listed.payload().payload()).hasSize(4096);
        assertThat(listed.payload_bytes()).isEqualTo(10_000);
        assertThat(store.quarantine()
                        .find(tenant, "long")
                        .orElseThrow()
                        .payload()
                        .payload())
                .isEqualTo(payload);
    }

    @Test
    void aPayloadOfferedTwiceIsKeptOnce() {
        Quarantined payload = payload("q1", Reason.LATE, new byte[10]);

        assertThat(append(List.of(payload, payload))).isEqualTo(new Stored(1, 1, 0));
        assertThat(append(List.of(payload))).isEqualTo(new Stored(0, 1, 0));
        assertThat(store.quarantine().usage(tenant)).isEqualTo(new QuarantineUsage(1, 10, 0));
    }

    @Test
    void theOldestGiveWayWhenThereAreTooMany() {
        append(IntStream.range(0, SharedStore.QUARANTINE_PAYLOADS)
                .mapToObj(i -> payload("q" + i, Reason.LATE, new byte[1]))
                .toList());
        assertThat(store.quarantine().usage(tenant).replaced()).isZero();

        append(List.of(payload("last", Reason.LATE, new byte[1])));

        QuarantineUsage usage = store.quarantine().usage(tenant);
        assertThat(usage.payloads()).isLessThanOrEqualTo(SharedStore.QUARANTINE_PAYLOADS);
        assertThat(usage.payloads() + usage.replaced()).isEqualTo(SharedStore.QUARANTINE_PAYLOADS + 1);
        assertThat(store.quarantine().find(tenant, "q0")).isEmpty();
        assertThat(store.quarantine().find(tenant, "last")).isPresent();
    }

    @Test
    void theOldestGiveWayWhenTheyAreTooLargeButNeverTheNewest() {
        TenantId other = new TenantId(tenant.value() + "-other");
        store.quarantine()
                .append(List.of(new LogSlice<>(
                        new LogProgress("quarantine-" + other, 0, 1),
                        List.of(new Quarantined(
                                "theirs",
                                other,
                                Samples.DEVICE,
                                NOON,
                                "http",
                                "/",
                                Reason.LATE,
                                "",
                                new byte[9],
                                false)))));

        append(List.of(payload("small", Reason.LATE, new byte[1])));
        append(List.of(payload("huge", Reason.OVERSIZED, new byte[SharedStore.QUARANTINE_BYTES + 1])));

        assertThat(ids(store.quarantine().list(tenant, Optional.empty(), 10))).containsExactly("huge");
        assertThat(store.quarantine().usage(tenant))
                .isEqualTo(new QuarantineUsage(1, SharedStore.QUARANTINE_BYTES + 1, 1));
        assertThat(store.quarantine().find(other, "theirs")).isPresent();
    }

    @Test
    void oldPayloadsAreDeleted() {
        append(List.of(payload("q1", Reason.LATE, new byte[5])));

        assertThat(store.quarantine().deleteBefore(tenant, NOON)).isZero();
        assertThat(store.quarantine().deleteBefore(tenant, NOON.plusSeconds(1))).isEqualTo(1);
        assertThat(store.quarantine().usage(tenant)).isEqualTo(new QuarantineUsage(0, 0, 0));
    }

    private Stored append(List<Quarantined> payloads) {
        offset += payloads.size();
        return store.quarantine()
                .append(List.of(new LogSlice<>(new LogProgress("quarantine-" + tenant, 0, offset), payloads)));
    }

    private Quarantined payload(String id, Reason reason, byte[] bytes) {
        return new Quarantined(
                id, tenant, Samples.DEVICE, NOON, "http", "/v1.1/Observations", reason, "why", bytes, false);
    }

    private static List<String> ids(List<QuarantineEntry> entries) {
        return entries.stream().map(entry -> entry.payload().id()).toList();
    }
}
