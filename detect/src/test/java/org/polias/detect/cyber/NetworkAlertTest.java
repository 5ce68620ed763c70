// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Phase;

import static org.assertj.core.api.Assertions.assertThat;

class NetworkAlertTest {

    private static final SiteDefinition SITE = new TestSite()
            .asset("control", "10.20.0.5")
            .asset("office", "10.20.0.0/16")
            .network("eve")
            .definition();

    private static Script plays(String detector, String text) {
        Script script = Script.of(SITE, detector);
        assertThat(script.play(text)).isEqualTo(text);
        return script;
    }

    @Test
    void anAlertIsADetectionAtTheAssetThatItIsAbout() {
        Script script = plays("suricata-alert", """
                00:00:01 eve suricata.alert src_ip=203.0.113.9 src_port=4444 dest_ip=10.20.0.5 dest_port=502 alert.signature="ET SCADA Modbus write" alert.severity=1 alert.category="A Network Trojan was detected" alert.metadata.mitre_technique_id=T0855,T0831
                  -> cyber.alert MOMENT eve 4.5 | ET SCADA Modbus write (A Network Trojan was detected), severity 1: 203.0.113.9:4444 -> 10.20.0.5:502
                """);
        Detection detection = script.detections().getFirst();
        assertThat(detection.entities())
                .contains(
                        new EntityRef(EntityRef.IP, "203.0.113.9"),
                        new EntityRef(EntityRef.IP, "10.20.0.5"),
                        new EntityRef(EntityRef.ASSET, "control"),
                        new EntityRef(EntityRef.SIGNATURE, "ET SCADA Modbus write"),
                        new EntityRef(EntityRef.TECHNIQUE, "T0855"),
                        new EntityRef(EntityRef.TECHNIQUE, "T0831"));
        assertThat(detection.place().covariance().ee_m2()).isEqualTo(25);
    }

    @Test
    void anAlertOfADecoderHasNoAddresses() {
        Script script = plays("suricata-alert", """
                00:00:01 eve suricata.alert alert.gid=1 alert.signature_id=2200000 alert.signature= alert.category= alert.severity=3
                  -> cyber.alert MOMENT eve 0.5 | rule 1:2200000, severity 3
                """);
        assertThat(script.detections().getFirst().place().covariance().ee_m2()).isEqualTo(200 * 200);
    }

    @Test
    void whatAnAlertIsAboutStaysShortHoweverMuchItSays() {
        String long500k = "x".repeat(500_000);
        String techniques = IntStream.range(0, 60_000).mapToObj(i -> "T" + i).collect(Collectors.joining(","));
        Script script = Script.of(SITE, "suricata-alert");
        script.play("""
                00:00:01 eve suricata.alert src_ip=%1$s src_port=%1$s alert.signature=%1$s1 alert.category=%1$s
                00:00:02 eve suricata.alert alert.signature=%1$s2 alert.metadata.mitre_technique_id=%2$s
                """.formatted(long500k, techniques));

        assertThat(script.detections()).hasSize(2).allSatisfy(detection -> {
            assertThat(detection.summary()).hasSizeLessThanOrEqualTo(1000);
            assertThat(detection.entities()).hasSizeLessThanOrEqualTo(32);
            assertThat(detection.entities())
                    .allSatisfy(entity -> assertThat(entity.value()).hasSizeLessThanOrEqualTo(200));
        });
        assertThat(script.detections())
                .as("signatures that differ beyond what is kept of them")
                .extracting(detection -> detection.entities().stream()
                        .filter(entity -> entity.kind().equals(EntityRef.SIGNATURE))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void twoRulesThatMatchOnePacketAreTwoDetections() {
        Script script = plays("suricata-alert", """
                00:00:01 eve suricata.alert alert.signature=a alert.severity=3
                  -> cyber.alert MOMENT eve 0.5 | a, severity 3
                00:00:01 eve suricata.alert alert.signature=b alert.severity=3 alert.action=blocked
                  -> cyber.alert MOMENT eve 0.5 | b, severity 3, blocked
                """);
        assertThat(script.detections()).extracting(Detection::id).doesNotHaveDuplicates();
    }

    @Test
    void otherEventsAndBadOnesAreNoAlerts() {
        plays("suricata-alert", """
                00:00:01 eve suricata.flow src_ip=10.20.0.5
                00:00:02 eve suricata.alert alert.signature=a bad
                """);
    }

    @Test
    void theHigherTheSeverityTheMoreItWeighs() {
        AlertWeight weight = new AlertWeight(3.3, 1.7, 0.5, 0.1, 1);
        assertThat(weight.of(1, "")).isEqualTo(3.3);
        assertThat(weight.of(2, "")).isEqualTo(1.7);
        assertThat(weight.of(3, "Generic Protocol Command Decode")).isBetween(0.05, 0.2);
        assertThat(weight.of(1, "A Network Trojan was detected")).isEqualTo(4.5);
        assertThat(weight.of(200, "Not Suspicious Traffic")).isEqualTo(0.05);
    }

    @Test
    void aBurstAtAnAssetBeginsGrowsAndEnds() {
        plays("alert-burst", """
                00:00:00 eve suricata.alert dest_ip=10.20.0.5 alert.signature=a
                00:00:10 .. 00:00:15 eve suricata.alert dest_ip=10.20.0.5 alert.signature=a
                  -> cyber.alert-burst BEGIN control 2.8 | 5 network alerts at Asset control within 60 s; 0.1 are usual.
                00:00:16 .. 00:00:30 eve suricata.alert dest_ip=10.20.0.5 alert.signature=a
                  -> cyber.alert-burst UPDATE control 2.8 | 10 network alerts at Asset control within 60 s; 0.1 are usual.
                  -> cyber.alert-burst UPDATE control 2.8 | 20 network alerts at Asset control within 60 s; 0.099 are usual.
                00:00:31 .. 00:01:40 tick
                  -> cyber.alert-burst END control 0.0 | No more network alerts at Asset control for 60 s.
                """);
    }

    @Test
    void alertsAtNoKnownAssetCountForTheirSensor() {
        plays("alert-burst", """
                00:00:10 .. 00:00:20 eve suricata.alert dest_ip=198.51.100.7 alert.signature=a
                  -> cyber.alert-burst BEGIN eve 2.8 | 5 network alerts at Datastream eve within 60 s; 0.1 are usual.
                  -> cyber.alert-burst UPDATE eve 2.8 | 10 network alerts at Datastream eve within 60 s; 0.1 are usual.
                """);
    }

    @Test
    void whatIsUsualIsLearned() {
        Script script = Script.of(SITE, "alert-burst");
        script.play("00:00:00 .. 06:00:00 every 10s eve suricata.alert dest_ip=10.20.0.5 alert.signature=a");
        assertThat(script.detections()).extracting(Detection::phase).containsExactly(Phase.BEGIN, Phase.END);
        assertThat(script.detections().getLast().time()).isBefore(Script.EPOCH.plus(Duration.ofHours(1)));
        script.play("06:00:01 .. 06:00:30 every 1s eve suricata.alert dest_ip=10.20.0.5 alert.signature=a");
        assertThat(script.detections()).hasSize(3);
        assertThat(script.detections().getLast().measures().get("usualAlerts")).isBetween(5.0, 6.5);
    }

    @Test
    void alertsOfLongAgoDoNotDisturbTheWindow() {
        plays("alert-burst", """
                01:00:00 eve suricata.alert dest_ip=10.20.0.5 alert.signature=a
                01:00:01 .. 01:00:30 eve suricata.alert dest_ip=10.20.0.5 alert.signature=a at 00:10:00
                01:00:31 eve suricata.alert dest_ip=10.20.0.5 alert.signature=a
                """);
    }
}
