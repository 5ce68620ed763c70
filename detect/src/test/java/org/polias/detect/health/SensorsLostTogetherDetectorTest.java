// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.health;

import org.junit.jupiter.api.Test;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.detection.EntityRef;

import static org.assertj.core.api.Assertions.assertThat;

class SensorsLostTogetherDetectorTest {

    private static final String ALL_HEARD = """
            00:00:00 tick
            00:00:01 .. 00:00:20 mic-1 48
            00:00:21 mic-2 48
            00:00:22 mic-3 48
            00:00:22 mic-4 48
            00:00:23 mic-1 48
            """;

    private static SiteDefinition site(String... gateways) {
        TestSite site = new TestSite();
        for (int i = 0; i < gateways.length; i++) {
            site.microphoneAt("mic-" + (i + 1), gateways[i]);
        }
        return site.definition();
    }

    private static Script plays(SiteDefinition site, String text) {
        Script script = Script.of(site, "sensors-lost-together");
        assertThat(script.play(text)).isEqualTo(text);
        return script;
    }

    @Test
    void severalSensorsLostTogetherAreOneCondition() {
        Script script = plays(site("a", "b", "c", "d"), ALL_HEARD + """
                00:00:24 .. 00:00:36 tick
                  -> health.lost-together BEGIN stadium 3.7 | 3 of 4 things fell silent together: Thing mic-2; Thing mic-3; Thing mic-4.
                  -> health.lost-together UPDATE stadium 3.7 | 4 of 4 things fell silent together: Thing mic-1; Thing mic-2; Thing mic-3; Thing mic-4.
                00:00:37 .. 00:01:00 tick
                00:01:01 mic-1 48
                00:01:02 mic-2 48
                  -> health.lost-together END stadium 0.0 | Of the 4 things lost together, 2 are still silent.
                00:01:03 mic-3 48
                00:01:04 mic-4 48
                """);
        assertThat(script.detections().getFirst().entities())
                .filteredOn(entity -> entity.kind().equals(EntityRef.GATEWAY))
                .isEmpty();
    }

    @Test
    void aSharedGatewayIsNamedAndWeighsLess() {
        Script independent = plays(site("a", "b", "c", "d"), ALL_HEARD + """
                00:00:24 .. 00:00:36 tick
                  -> health.lost-together BEGIN stadium 3.7 | 3 of 4 things fell silent together: Thing mic-2; Thing mic-3; Thing mic-4.
                  -> health.lost-together UPDATE stadium 3.7 | 4 of 4 things fell silent together: Thing mic-1; Thing mic-2; Thing mic-3; Thing mic-4.
                """);
        Script shared = plays(site("gw", "gw", "gw", "gw"), ALL_HEARD + """
                00:00:24 .. 00:00:36 tick
                  -> health.lost-together BEGIN stadium 1.0 | 3 of 4 things fell silent together: Thing mic-2; Thing mic-3; Thing mic-4. All are connected by the gateway gw.
                  -> health.lost-together UPDATE stadium 1.0 | 4 of 4 things fell silent together: Thing mic-1; Thing mic-2; Thing mic-3; Thing mic-4. All are connected by the gateway gw.
                """);
        Detection first = independent.detections().getFirst();
        Detection second = shared.detections().getFirst();
        assertThat(second.entities()).contains(new EntityRef(EntityRef.GATEWAY, "gw"));
        assertThat(second.logLikelihoodRatio()).isLessThan(first.logLikelihoodRatio() - 2);
    }

    @Test
    void twoLostOfFourAreNoCondition() {
        plays(site("a", "b", "c", "d"), ALL_HEARD + """
                00:00:24 .. 00:00:28 tick
                00:00:28 mic-1 48
                00:00:28 mic-2 48
                00:00:29 .. 00:00:37 tick
                """);
    }

    @Test
    void lossesFarApartAreNotTogether() {
        plays(site("a", "b", "c"), """
                00:00:00 mic-1 48
                00:00:00 mic-2 48
                00:00:00 mic-3 48
                00:00:01 .. 00:02:00 mic-2 48
                00:02:00 mic-3 48
                00:02:01 .. 00:05:00 mic-3 48
                00:05:01 .. 00:06:00 tick
                """);
    }

    @Test
    void aTimeInWhichThePlatformDidNotListenIsNoLoss() {
        plays(site("a", "b", "c", "d"), ALL_HEARD + """
                00:10:00 tick
                00:10:01 .. 00:10:05 tick
                00:10:05 mic-1 48
                00:10:05 mic-2 48
                00:10:05 mic-3 48
                00:10:06 .. 00:10:14 tick
                """);
    }

    @Test
    void sensorsThatWereNeverHeardAreNotLost() {
        plays(site("a", "b", "c", "d"), """
                00:00:00 .. 00:05:00 tick
                """);
    }
}
