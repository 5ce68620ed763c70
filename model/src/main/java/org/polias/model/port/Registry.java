// SPDX-License-Identifier: Apache-2.0
package org.polias.model.port;

import java.util.Optional;

import org.polias.model.city.Datastream;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;

/** What the edge needs to know of what is registered. Fast: it is asked for every observation. Thread-safe. */
public interface Registry {

    /** The datastream with this id, if the tenant has one. */
    Optional<RegisteredDatastream> findDatastream(TenantId tenant, String datastream);

    /**
     * The device with this id if {@code secret} is its secret and it is not revoked.
     *
     * @param secret the secret in clear, as the device presented it
     */
    Optional<Device> authenticate(String device, String secret);

    /** Calls {@code listener} with the id of every device that is revoked or given a new secret from now on. */
    void onDeviceRevoked(RevocationListener listener);

    /** A datastream and the site it belongs to. */
    record RegisteredDatastream(SiteKey site, Datastream datastream) {
        public DatastreamId id() {
            return datastream.id();
        }
    }

    /**
     * A device.
     *
     * @param site the only site for which it may report; absent: all of its tenant's
     */
    record Device(DeviceId id, TenantId tenant, Optional<SiteKey> site) {}

    /** Told of revocations. */
    @FunctionalInterface
    interface RevocationListener {
        void revoked(DeviceId device);
    }
}
