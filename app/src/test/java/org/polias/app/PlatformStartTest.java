// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.polias.app.cli.UpOptions;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformStartTest {

    private static final UpOptions.Tls TLS = new UpOptions.Tls(Path.of("c.pem"), Path.of("k.pem"));

    @Test
    void whoListensToTheNetworkWithoutTlsIsWarned() {
        assertThat(PlatformStart.findExposure(options("0.0.0.0", Optional.empty())))
                .hasValueSatisfying(
                        warning -> assertThat(warning).contains("TLS is off", "0.0.0.0", "--tls-certificate"));
        assertThat(PlatformStart.findExposure(options("192.0.2.7", Optional.empty())))
                .isPresent();
    }

    @Test
    void whoListensToThisMachineOrSpeaksTlsIsNot() {
        assertThat(PlatformStart.findExposure(options("127.0.0.1", Optional.empty())))
                .isEmpty();
        assertThat(PlatformStart.findExposure(options("localhost", Optional.empty())))
                .isEmpty();
        assertThat(PlatformStart.findExposure(options("::1", Optional.empty()))).isEmpty();
        assertThat(PlatformStart.findExposure(options("0.0.0.0", Optional.of(TLS))))
                .isEmpty();
    }

    @Test
    void whatListensEverywhereIsReachedByLoopback() {
        assertThat(PlatformStart.localAddress("0.0.0.0")).isEqualTo("127.0.0.1");
        assertThat(PlatformStart.localAddress("::")).isEqualTo("::1");
        assertThat(PlatformStart.localAddress("192.0.2.7")).isEqualTo("192.0.2.7");
    }

    private static UpOptions options(String bind, Optional<UpOptions.Tls> tls) {
        return new UpOptions(
                Path.of("data"),
                Optional.empty(),
                Optional.empty(),
                8080,
                1883,
                OptionalInt.empty(),
                bind,
                tls,
                UpOptions.Durability.POWER,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                Map.of());
    }
}
