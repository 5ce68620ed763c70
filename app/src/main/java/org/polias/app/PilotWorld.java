// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.app.city.EveSource;
import org.polias.app.tls.OneCertificate;
import org.polias.model.city.City;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.DeviceId;
import org.polias.pilots.transport.RunnerSettings;
import org.polias.pilots.transport.WorldRunner;
import org.polias.store.access.Devices;
import org.polias.store.access.IssuedDevice;

/** Gives the pilot's world what it needs to speak to the platform as any city's devices would: addresses and credentials. */
final class PilotWorld {

    private static final long SEED = 20_260_101;

    private PilotWorld() {}

    /**
     * Where the platform is.
     *
     * @param trust in what it shows over TLS; absent: TLS is not spoken
     */
    record Ways(String httpUrl, String mqttHost, int mqttPort, Optional<OneCertificate> trust) {}

    /** A world that has not begun to live. Its devices get new secrets each time: nobody else uses them. */
    static WorldRunner prepare(City city, List<EveSource> sources, Ways ways, Devices devices) throws IOException {
        Map<DatastreamId, Path> eveFiles = new TreeMap<>();
        for (EveSource source : sources) {
            Files.createDirectories(source.file().toAbsolutePath().getParent());
            eveFiles.put(source.datastream(), source.file());
        }
        Map<String, String> secrets = new TreeMap<>();
        for (String device : WorldRunner.listDevices(city, eveFiles.keySet())) {
            secrets.put(device, secret(city, devices, new DeviceId(device)));
        }
        RunnerSettings settings = new RunnerSettings(
                ways.mqttHost(),
                ways.mqttPort(),
                URI.create(ways.httpUrl()),
                secrets,
                eveFiles,
                SEED,
                RunnerSettings.USUAL_SPEED);
        return new WorldRunner(city, ways.trust().map(settings::withTrust).orElse(settings));
    }

    private static String secret(City city, Devices devices, DeviceId device) {
        return devices.create(city.tenant(), device, Optional.empty())
                .or(() -> devices.renewSecret(city.tenant(), device))
                .map(IssuedDevice::secret)
                .orElseThrow(() -> new StartFailed(
                        "The pilot's device '%s' belongs to another tenant.%nMaybe use another data directory."
                                .formatted(device)));
    }
}
