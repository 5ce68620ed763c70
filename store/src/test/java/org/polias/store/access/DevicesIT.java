// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.store.Samples;
import org.polias.store.SharedStore;
import org.polias.store.Store;
import org.polias.store.StoreSettings;
import org.polias.store.server.DatabaseServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(SharedStore.class)
class DevicesIT {

    private final Store store;
    private final TenantId tenant;
    private final DeviceId id;

    DevicesIT(Store store, TenantId tenant) {
        this.store = store;
        this.tenant = tenant;
        this.id = new DeviceId("gateway-of-" + tenant);
    }

    @Test
    void aDeviceComesInWithItsSecretOnly() {
        IssuedDevice issued = create();

        assertThat(store.devices().authenticate(id.value(), issued.secret())).contains(issued.device());
        assertThat(store.devices().authenticate(id.value(), issued.secret() + "x"))
                .isEmpty();
        assertThat(store.devices().authenticate("no such \u0000 device", issued.secret()))
                .isEmpty();
        assertThat(issued.toString()).doesNotContain(issued.secret());
        assertThat(store.devices().list(tenant))
                .containsExactly(new DeviceEntry(issued.device(), SharedStore.CLOCK.get(), Optional.empty()));
    }

    @Test
    void anIdIsTakenOnceOverAllTenants() {
        create();

        assertThat(store.devices().create(new TenantId("elsewhere"), id, Optional.empty()))
                .isEmpty();
    }

    @Test
    void aDeviceMayBeBoundToASiteOfItsTenant() {
        SiteKey site = Samples.site(tenant);
        IssuedDevice issued =
                store.devices().create(tenant, id, Optional.of(site)).orElseThrow();

        assertThat(store.devices()
                        .authenticate(id.value(), issued.secret())
                        .orElseThrow()
                        .site())
                .contains(site);
        assertThatThrownBy(() -> store.devices()
                        .create(
                                tenant,
                                new DeviceId("x-" + tenant),
                                Optional.of(new SiteKey(new TenantId("elsewhere"), new SiteId("s")))))
                .hasMessageContaining("elsewhere/s");
    }

    @Test
    void aRevokedDeviceIsOutAndTheListenersKnow() {
        IssuedDevice issued = create();
        List<DeviceId> revoked = new CopyOnWriteArrayList<>();
        store.devices().onDeviceRevoked(revoked::add);

        assertThat(store.devices().revoke(new TenantId("elsewhere"), id)).isFalse();
        assertThat(store.devices().revoke(tenant, id)).isTrue();
        assertThat(store.devices().revoke(tenant, id)).isFalse();

        assertThat(store.devices().authenticate(id.value(), issued.secret())).isEmpty();
        assertThat(revoked).containsOnlyOnce(id);
        assertThat(store.devices().find(tenant, id).orElseThrow().revokedAt()).isPresent();
    }

    @Test
    void aNewSecretMakesTheOldOneWorthless() {
        IssuedDevice old = create();
        List<DeviceId> revoked = new CopyOnWriteArrayList<>();
        store.devices().onDeviceRevoked(revoked::add);

        IssuedDevice renewed = store.devices().renewSecret(tenant, id).orElseThrow();

        assertThat(store.devices().authenticate(id.value(), old.secret())).isEmpty();
        assertThat(store.devices().authenticate(id.value(), renewed.secret())).contains(renewed.device());
        assertThat(revoked).containsOnlyOnce(id);
        assertThat(store.devices().renewSecret(new TenantId("elsewhere"), id)).isEmpty();
    }

    @Test
    void anotherProcessOnTheSameDatabaseLearnsOfARevocation() throws Exception {
        IssuedDevice issued = create();
        DatabaseServer server = store.findServer().orElseThrow();
        BlockingQueue<DeviceId> revoked = new LinkedBlockingQueue<>();
        try (Store other = Store.start(StoreSettings.external(server.jdbcUrl(), server.user(), server.password())
                .withMaxConnections(2))) {
            assertThat(other.devices().authenticate(id.value(), issued.secret()))
                    .isPresent();
            other.devices().onDeviceRevoked(revoked::add);

            store.devices().revoke(tenant, id);

            assertThat(revoked.poll(20, TimeUnit.SECONDS)).isEqualTo(id);
            assertThat(other.devices().authenticate(id.value(), issued.secret()))
                    .isEmpty();
        }
    }

    private IssuedDevice create() {
        return store.devices().create(tenant, id, Optional.empty()).orElseThrow();
    }
}
