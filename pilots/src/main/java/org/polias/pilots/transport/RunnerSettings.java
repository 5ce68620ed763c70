// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.transport;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import javax.net.ssl.X509ExtendedTrustManager;

import org.polias.model.Sorted;
import org.polias.model.id.DatastreamId;

/**
 * Where a world's gateways find the platform, and as whom they speak.
 *
 * @param httpBase the platform's address; its path, if it has one, ends in '/'
 * @param secrets the secret of each device that {@link WorldRunner#listDevices} names
 * @param eveFiles the files that the platform follows, by the datastream that they feed
 * @param seed the world's seed
 * @param speed how many times faster than real time the day passes
 * @param trust whom to trust over TLS, which then is spoken to both; absent: it is not
 */
public record RunnerSettings(
        String mqttHost,
        int mqttPort,
        URI httpBase,
        Map<String, String> secrets,
        Map<DatastreamId, Path> eveFiles,
        long seed,
        double speed,
        Optional<X509ExtendedTrustManager> trust) {

    /** The day of a match in forty minutes. */
    public static final double USUAL_SPEED = 6;

    public RunnerSettings {
        secrets = Sorted.copyOf(secrets);
        eveFiles = Sorted.copyOf(eveFiles);
    }

    /** Without TLS. */
    public RunnerSettings(
            String mqttHost,
            int mqttPort,
            URI httpBase,
            Map<String, String> secrets,
            Map<DatastreamId, Path> eveFiles,
            long seed,
            double speed) {
        this(mqttHost, mqttPort, httpBase, secrets, eveFiles, seed, speed, Optional.empty());
    }

    /** The same with TLS, trusting so. */
    public RunnerSettings withTrust(X509ExtendedTrustManager manager) {
        return new RunnerSettings(mqttHost, mqttPort, httpBase, secrets, eveFiles, seed, speed, Optional.of(manager));
    }

    @Override
    public String toString() {
        return "RunnerSettings[mqtt %s:%d, http %s, devices %s, files %s, seed %d, speed %s]"
                .formatted(mqttHost, mqttPort, httpBase, secrets.keySet(), eveFiles, seed, speed);
    }
}
