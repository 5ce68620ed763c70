// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.polias.detect.Names;
import org.polias.detect.TestSite;
import org.polias.detect.script.Script;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.detection.EntityRef;

import static org.assertj.core.api.Assertions.assertThat;

class AccessDetectorTest {

    private static TestSite site() {
        return new TestSite()
                .asset("gate-3")
                .asset("server-room")
                .door("door-1", "gate-3")
                .door("door-2", "server-room");
    }

    private static Script plays(SiteDefinition site, String text) {
        Script script = Script.of(site, "access", "credential-refused");
        assertThat(script.play(text)).isEqualTo(text);
        return script;
    }

    @Test
    void aForcedDoorIsReportedAtOnce() {
        Script script = plays(site().definition(), """
                00:00:01 door-1 door.forced
                  -> access.forced MOMENT door-1 5.6 | Datastream door-1 was forced open.
                00:00:02 door-1 door.forced door=server-room
                  -> access.forced MOMENT door-1 5.6 | Asset server-room was forced open.
                00:00:03 door-1 door.forced bad
                00:00:04 door-1 door.closed
                """);
        assertThat(script.detections().getFirst().entities()).contains(new EntityRef(EntityRef.ASSET, "gate-3"));
        assertThat(script.detections().getLast().entities())
                .contains(new EntityRef(EntityRef.ASSET, "server-room"))
                .doesNotContain(new EntityRef(EntityRef.ASSET, "gate-3"));
    }

    @Test
    void namesOfAnyLengthAreToldApartAndKeptShort() {
        String name = "z".repeat(200_000);
        Script script = Script.of(site().definition(), "access", "credential-refused");
        String lines = IntStream.range(0, 5)
                .mapToObj(i -> "00:00:%02d door-1 access.refused door=%sA credential=%sA%n".formatted(i, name, name)
                        + "00:00:%02d door-1 access.refused door=%sB credential=%s%d%n".formatted(i, name, name, i))
                .collect(Collectors.joining());
        script.play(lines);

        assertThat(script.detections()).as("refusals at A, and at B").hasSize(2).allSatisfy(detection -> {
            assertThat(detection.summary()).hasSizeLessThan(1000);
            assertThat(detection.entities())
                    .allSatisfy(entity -> assertThat(entity.value()).hasSizeLessThanOrEqualTo(Names.LONGEST));
        });
    }

    @Test
    void aFloodOfOneCredentialAtOneDoorIsNotRememberedForEver() {
        SortedMap<String, List<Occurrence>> known = new TreeMap<>();
        Instant start = Instant.parse("2026-11-21T10:00:00Z");
        for (int i = 0; i < 1000; i++) {
            known = Occurrences.add(
                    known, "7", new Occurrence(start.plusMillis(i), "door-1", i, "door-1"), Duration.ofMinutes(10));
        }
        assertThat(known.get("7")).hasSize(Occurrences.MOST_EACH);
        assertThat(known.get("7").getLast().observation()).isEqualTo(999);
    }

    @Test
    void aDoorHeldOpenWeighsLittleAndCanBeLeftOut() {
        plays(site().definition(), """
                00:00:01 door-1 door.held
                  -> access.forced MOMENT door-1 1.5 | Datastream door-1 is held open.
                """);
        plays(site().set("access", "held", "false").definition(), """
                00:00:01 door-1 door.held
                """);
    }

    @Test
    void anOpeningWithoutAGrantIsReportedWhereThatIsAsked() {
        plays(site().definition(), """
                00:00:01 door-1 door.opened
                """);
        plays(site().set("access", "requireGrant", "true").definition(), """
                00:00:01 door-1 access.granted credential=7
                00:00:05 door-1 door.opened
                00:00:40 door-1 door.opened
                  -> access.forced MOMENT door-1 3.3 | Datastream door-1 was opened though no access had been granted.
                00:00:41 door-2 door.opened
                  -> access.forced MOMENT door-2 3.3 | Datastream door-2 was opened though no access had been granted.
                """);
    }

    @Test
    void repeatedRefusalsAtOneDoorAreReportedOnce() {
        Script script = plays(site().definition(), """
                00:00:00 door-1 access.refused credential=1
                00:00:10 door-1 access.refused credential=2
                00:00:20 door-2 access.refused credential=3
                00:00:30 door-1 access.refused credential=4
                00:00:40 door-1 access.refused credential=5
                00:00:50 door-1 access.refused credential=6
                  -> access.refused-repeatedly MOMENT door-1 2.8 | Access was refused 5 times within 120 s at Datastream door-1.
                00:01:00 door-1 access.refused credential=7
                """);
        Detection detection = script.detections().getFirst();
        assertThat(detection.evidence()).hasSize(5);
        assertThat(detection.entities()).contains(new EntityRef(EntityRef.CREDENTIAL, "6"));
    }

    @Test
    void refusalsFarApartAreNotReported() {
        plays(site().definition(), """
                00:00:00 door-1 access.refused
                00:01:00 door-1 access.refused
                00:02:00 door-1 access.refused
                00:03:00 door-1 access.refused
                00:04:00 door-1 access.refused
                00:05:00 door-1 access.refused
                """);
    }

    @Test
    void aRefusalThatComesLateTakesItsPlaceInTime() {
        plays(site().definition(), """
                00:10:00 door-1 access.refused credential=1
                00:10:10 door-1 access.refused credential=2
                00:10:20 door-1 access.refused credential=3 at 00:01:00
                00:10:21 door-1 access.refused credential=4 at 00:09:50
                00:10:22 door-1 access.refused credential=5 at 00:09:51
                00:10:23 door-1 access.refused credential=6 at 00:09:52
                  -> access.refused-repeatedly MOMENT door-1 2.8 | Access was refused 5 times within 120 s at Datastream door-1.
                """);
    }

    @Test
    void oneCredentialTriedAtSeveralDoorsIsReported() {
        plays(site().definition(), """
                00:00:00 door-1 access.refused credential=4711
                00:01:00 door-2 access.refused credential=4711
                00:02:00 door-2 access.refused credential=4712
                00:03:00 door-1 access.refused credential=4711
                00:04:00 door-2 access.refused credential=4711
                  -> access.refused-repeatedly MOMENT stadium 2.8 | The credential 4711 was refused 4 times at 2 doors within 600 s, last at Datastream door-2.
                """);
    }

    @Test
    void theMemoryIsBoundedHoweverManyCredentialsAreTried() {
        Script script = Script.of(site().definition(), "credential-refused");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("00:00:%02d.%03d door-1 access.refused credential=%d%n".formatted(i / 1000, i % 1000, i));
        }
        script.play(text.toString());
        assertThat(script.detections()).isEmpty();
    }
}
