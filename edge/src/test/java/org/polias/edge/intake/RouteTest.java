// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.edge.intake.Route.Form;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "v1.1/Observations,                            OBSERVATIONS,",
                "/v1.1/Observations,                           OBSERVATIONS,",
                "v1.1/Datastreams(mic-3-level)/Observations,   OBSERVATIONS, mic-3-level",
                "v1.1/Datastreams('mic-3-level')/Observations, OBSERVATIONS, mic-3-level",
                "v1.1/CreateObservations,                      DATA_ARRAYS,",
                "v1/eve/ids-1,                                 EVE,          ids-1",
                "/v1/events/doors,                             EVENTS,       doors",
            })
    void theDocumentedAddressesAreFound(String address, Form form, String datastream) {
        assertThat(Route.find(address)).contains(new Route(form, Optional.ofNullable(datastream)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "v1.1",
                "v1.1/Things",
                "v1.1/Observations/",
                "v1.1/Observations(5)",
                "v1.1/Datastreams()/Observations",
                "v1.1/Datastreams('')/Observations",
                "v1.1/Datastreams(a/b)/Observations",
                "v1.1/Datastreams(a)/observations",
                "v1/eve/",
                "v1/eve/a/b",
                "v1/events",
                "V1.1/Observations",
                "//v1.1/Observations",
            })
    void nothingElseIs(String address) {
        assertThat(Route.find(address)).isEmpty();
    }

    @Test
    void theAddressOfAFileSaysWhereItsEventsGo() {
        Target target = Target.ofFile(Path.of("/var/log/#1/eve.json"), "ids-1");
        assertThat(target.address()).isEqualTo("/var/log/#1/eve.json#ids-1");
        assertThat(Target.of(Way.FILE, target.address())).isEqualTo(target);
    }
}
