// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.polias.model.city.City;
import org.polias.model.city.Datastream;
import org.polias.model.city.SiteDefinition;
import org.polias.model.id.TenantId;
import org.polias.model.port.Registry;
import org.polias.store.access.Devices;

/** What the edge needs to know: the datastreams of the city that is loaded, and the devices of the database. */
final class CityRegistry implements Registry {

    private final TenantId tenant;
    private final Map<String, RegisteredDatastream> datastreams = new HashMap<>();
    private final Devices devices;

    CityRegistry(City city, Devices devices) {
        this.tenant = city.tenant();
        this.devices = devices;
        for (SiteDefinition site : city.sites()) {
            for (Datastream datastream : site.datastreams()) {
                datastreams.put(datastream.id().value(), new RegisteredDatastream(site.key(), datastream));
            }
        }
    }

    @Override
    public Optional<RegisteredDatastream> findDatastream(TenantId of, String datastream) {
        return of.equals(tenant) ? Optional.ofNullable(datastreams.get(datastream)) : Optional.empty();
    }

    @Override
    public Optional<Device> authenticate(String device, String secret) {
        return devices.authenticate(device, secret)
                .filter(known -> known.tenant().equals(tenant));
    }

    @Override
    public void onDeviceRevoked(RevocationListener listener) {
        devices.onDeviceRevoked(listener);
    }
}
