// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.edge.Edge;
import org.polias.edge.MemoryLog;
import org.polias.edge.TestCity;
import org.polias.edge.intake.IntakeLimits;
import org.polias.edge.media.StreamAddress;
import org.polias.model.event.SiteEvent;
import org.polias.model.observation.Observation;
import org.polias.model.observation.Quality;
import org.polias.model.port.Registry.Device;
import org.polias.perceive.acoustics.Unclassified;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.edge.Eventually.eventually;

/** A camera's sound is fetched over RTSP, for as long as anybody wants it. */
@Timeout(60)
class SoundPullerIT {

    private static final String VIEWER = "viewer:let%20me%20in@";
    private static final double BANG_S = 2;

    private final TestCity city = new TestCity();
    private final MemoryLog log = new MemoryLog();
    private final Edge edge = new Edge(city, log, InstantSource.system(), IntakeLimits.DEFAULT);
    private final Ears ears = new Ears(Unclassified::new);

    @AfterEach
    void stop() {
        edge.close();
        ears.close();
        log.close();
    }

    private SoundPuller pull(String address, Duration patience) {
        return pull(address, "mic-sound", patience);
    }

    private SoundPuller pull(String address, String datastream, Duration patience) {
        Device device = city.authenticate("gateway", "secret").orElseThrow();
        return SoundPuller.start(
                edge.intake(),
                ears,
                InstantSource.system(),
                StreamAddress.find(address).orElseThrow(),
                datastream,
                device,
                patience);
    }

    private List<Observation> heard() {
        return log.events().stream()
                .map(SiteEvent.Observed.class::cast)
                .map(SiteEvent.Observed::observation)
                .filter(each -> each.datastream().value().equals("mic-sound"))
                .toList();
    }

    @Test
    void aBangIsHeardAboutWhenItCame() throws Exception {
        Instant began = Instant.now();
        try (RtspCamera camera = new RtspCamera(Street.withBang(16_000, 5, BANG_S), false);
                SoundPuller puller = pull(camera.address(VIEWER), Duration.ofSeconds(5))) {
            eventually("the bang is heard", () -> !heard().isEmpty());
            assertThat(puller.findProblem()).isEmpty();
            Observation bang = heard().getFirst();
            assertThat(bang.quality()).isEqualTo(Quality.UNCERTAIN);
            assertThat(bang.phenomenonTime()).isBetween(began.plusMillis(1_800), Instant.now());
        }
    }

    @Test
    void aStreamThatEndsIsFetchedAgain() throws Exception {
        try (RtspCamera camera = new RtspCamera(Street.withBang(16_000, 1.5, 9), false);
                SoundPuller puller = pull(camera.address(VIEWER), Duration.ofSeconds(5))) {
            eventually("it was asked three times", () -> camera.plays() >= 3);
        }
    }

    @Test
    void aStreamThatStallsIsGivenUpAndFetchedAgain() throws Exception {
        try (RtspCamera camera = new RtspCamera(Street.withBang(16_000, 1.5, 9), true);
                SoundPuller puller = pull(camera.address(VIEWER), Duration.ofMillis(800))) {
            eventually("it was asked again", () -> camera.plays() >= 2);
            assertThat(puller.findProblem().orElse("")).contains("Nothing came from there for too long");
        }
    }

    @Test
    void whoIsRefusedSaysSoWithoutThePassword() throws Exception {
        try (RtspCamera camera = new RtspCamera(new float[16_000], false);
                SoundPuller puller = pull(camera.address("viewer:wr0ng@"), Duration.ofSeconds(5))) {
            eventually("the problem is told", () -> puller.findProblem().isPresent());
            assertThat(puller.findProblem().orElseThrow())
                    .contains("'mic-sound'", "127.0.0.1", "cannot be fetched")
                    .doesNotContain("wr0ng", "t0ken");
            assertThat(camera.plays()).isZero();
        }
    }

    @Test
    void nobodyThereIsAProblemThatIsToldAndTriedAgain() {
        try (SoundPuller puller = pull("rtsp://127.0.0.1:1/live", Duration.ofSeconds(2))) {
            eventually("the problem is told", () -> puller.findProblem().isPresent());
            assertThat(puller.findProblem().orElseThrow()).contains("cannot be fetched");
        }
    }

    @Test
    void aDatastreamThatTakesNoSoundIsNamed() {
        try (SoundPuller puller = pull("rtsp://127.0.0.1:1/live", "quantity", Duration.ofSeconds(2))) {
            eventually("the problem is told", () -> puller.findProblem().isPresent());
            assertThat(puller.findProblem().orElseThrow()).contains("sound-event");
        }
    }

    @Test
    void closingEndsTheConnectionAtOnce() throws IOException {
        try (RtspCamera camera = new RtspCamera(Street.withBang(16_000, 60, 50), false)) {
            SoundPuller puller = pull(camera.address(VIEWER), Duration.ofSeconds(20));
            eventually("it plays", () -> camera.plays() == 1);
            puller.close();
            eventually("nobody listens any more", () -> camera.connections() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "camera",
                "ftp://host/x",
                "rtsp:/host",
                "file:///etc/passwd",
                "rtsp://",
                "concat:a|b",
                "rtsp://host name/"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(StreamAddress.find(text)).isEmpty();
    }

    @Test
    void anAddressShowsNoSecret() {
        assertThat(StreamAddress.find("rtsps://u:s3cret@cam.example:322/a/b?key=k3y")
                        .map(Object::toString))
                .isEqualTo(Optional.of("rtsps://cam.example:322/a/b"));
        assertThat(StreamAddress.find("/etc/polias/street.sdp")).isPresent();
    }
}
