// SPDX-License-Identifier: Apache-2.0
package org.polias.edge;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.polias.model.city.Datastream;
import org.polias.model.city.ObservedProperty;
import org.polias.model.city.ResultKind;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SensorId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.port.Registry;

/**
 * A registry in memory: the tenant {@code pilsen} has a datastream of each kind at the site {@code stadium} and one at the site
 * {@code depot}; the tenant {@code oslo} has one. Every device's secret is {@code secret}.
 */
public final class TestCity implements Registry {

    public static final TenantId PILSEN = new TenantId("pilsen");
    public static final SiteKey STADIUM = new SiteKey(PILSEN, new SiteId("stadium"));
    public static final SiteKey DEPOT = new SiteKey(PILSEN, new SiteId("depot"));
    public static final Device GATEWAY = new Device(new DeviceId("gateway"), PILSEN, Optional.empty());
    public static final Device GUEST = new Device(new DeviceId("guest"), PILSEN, Optional.of(DEPOT));

    private final Map<String, RegisteredDatastream> datastreams = new ConcurrentHashMap<>();
    private final Map<String, Device> devices = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final List<RevocationListener> listeners = new CopyOnWriteArrayList<>();

    public TestCity() {
        for (ResultKind kind : ResultKind.values()) {
            add(STADIUM, datastream(kind.name().toLowerCase(Locale.ROOT), kind, Optional.empty(), Map.of()));
        }
        add(STADIUM, datastream("quick", ResultKind.QUANTITY, Optional.of(Duration.ofMinutes(1)), Map.of()));
        add(STADIUM, datastream("ids", ResultKind.EVENT, Optional.empty(), Map.of()));
        add(
                STADIUM,
                datastream(
                        "doors",
                        ResultKind.EVENT,
                        Optional.empty(),
                        Map.of(
                                "time", "/occurred/at",
                                "type", "/code",
                                "id", "/guid",
                                "attribute.credential", "/card/number",
                                "attribute.first", "/readers/0",
                                "type.value.E_DENIED", "access.refused")));
        addMicrophone("mic-sound", "mic-level", "120");
        add(DEPOT, datastream("depot-level", ResultKind.QUANTITY, Optional.empty(), Map.of()));
        add(
                new SiteKey(new TenantId("oslo"), new SiteId("square")),
                datastream("oslo-level", ResultKind.QUANTITY, Optional.empty(), Map.of()));
        addDevice(GATEWAY);
        addDevice(GUEST);
        for (int i = 1; i <= 4; i++) {
            addDevice(new Device(new DeviceId("device-" + i), PILSEN, Optional.empty()));
        }
    }

    private static Datastream datastream(
            String id, ResultKind kind, Optional<Duration> maxLateness, Map<String, String> mapping) {
        return datastream(id, "property", kind, maxLateness, mapping);
    }

    private static Datastream datastream(
            String id, String property, ResultKind kind, Optional<Duration> maxLateness, Map<String, String> mapping) {
        return new Datastream(
                new DatastreamId(id),
                new SensorId("sensor"),
                id,
                property,
                kind,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                maxLateness,
                mapping);
    }

    private void add(SiteKey site, Datastream datastream) {
        datastreams.put(site.tenant() + "/" + datastream.id(), new RegisteredDatastream(site, datastream));
    }

    /** A microphone at the stadium: what is heard goes to {@code events}, how loud it is to {@code levels}. */
    private void addMicrophone(String events, String levels, String fullScale_dB) {
        Map<String, String> listen = Map.of("listen.level", levels, "listen.fullScale_dB", fullScale_dB);
        add(STADIUM, datastream(events, ObservedProperty.SOUND_EVENT, ResultKind.EVENT, Optional.empty(), listen));
        add(STADIUM, datastream(levels, ResultKind.QUANTITY, Optional.empty(), Map.of()));
    }

    public void addDatastream(String id, ResultKind kind) {
        add(STADIUM, datastream(id, kind, Optional.empty(), Map.of()));
    }

    public void addDevice(Device device) {
        devices.put(device.id().value(), device);
    }

    public void revoke(String device) {
        revoked.add(device);
        listeners.forEach(listener -> listener.revoked(new DeviceId(device)));
    }

    @Override
    public Optional<RegisteredDatastream> findDatastream(TenantId tenant, String datastream) {
        return Optional.ofNullable(datastreams.get(tenant + "/" + datastream));
    }

    @Override
    public Optional<Device> authenticate(String device, String secret) {
        return secret.equals("secret") && !revoked.contains(device)
                ? Optional.ofNullable(devices.get(device))
                : Optional.empty();
    }

    @Override
    public void onDeviceRevoked(RevocationListener listener) {
        listeners.add(listener);
    }
}
