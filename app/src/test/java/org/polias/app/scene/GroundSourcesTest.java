// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.model.place.Position;
import org.polias.simulate.api.Door;
import org.polias.simulate.api.Exit;
import org.polias.simulate.api.Workers;
import org.polias.simulate.ground.District;
import org.polias.simulate.ground.Situation;
import org.polias.simulate.network.Network;
import org.polias.simulate.network.NetworkBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Ground from maps and from a city's zones. */
class GroundSourcesTest {

    /** A street of 200 m from west to east with a house beside it and a footpath that leads north. */
    private static final String MAP = """
            <?xml version="1.0" encoding="UTF-8"?>
            <osm version="0.6">
              <bounds minlat="49.9990" minlon="9.9980" maxlat="50.0010" maxlon="10.0020"/>
              <node id="1" lat="50.0000" lon="9.9980"/><node id="2" lat="50.0000" lon="10.0000"/>
              <node id="3" lat="50.0000" lon="10.0020"/><node id="4" lat="50.0010" lon="10.0000"/>
              <node id="5" lat="50.0001" lon="10.0005"/><node id="6" lat="50.0001" lon="10.0010"/>
              <node id="9" lat="49.9990" lon="10.0000"/><node id="7" lat="50.0003" lon="10.0010"/><node id="8" lat="50.0003" lon="10.0005"/>
              <way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Lange Straße"/></way>
              <way id="11"><nd ref="2"/><nd ref="4"/><tag k="highway" v="footway"/><tag k="width" v="3 m"/></way>
              <way id="12"><nd ref="5"/><nd ref="6"/><nd ref="7"/><nd ref="8"/><nd ref="5"/><tag k="building" v="yes"/></way>
              <way id="13"><nd ref="1"/><nd ref="99"/><tag k="highway" v="motorway"/></way>
            </osm>
            """;

    @TempDir
    private Path folder;

    @Test
    void s01_aStreetLeavesOnBothSidesAndAPathToTheNorth() throws IOException {
        Situation district =
                read(Files.writeString(folder.resolve("small.osm"), MAP)).situation();
        assertThat(district.scene().exits())
                .extracting(Exit::id)
                .containsExactlyInAnyOrder("west-lange-strasse", "east-lange-strasse", "north-way");
        assertThat(district.count()).isPositive();
        Network network = NetworkBuilder.build(district.scene(), Workers.SEQUENTIAL);
        assertThat(network.remarks()).isEmpty();
        assertThat(network.passages().stream()
                        .filter(each -> each.id().equals("west-lange-strasse"))
                        .findFirst()
                        .orElseThrow()
                        .width_m())
                .isBetween(8.5, 10.0);
    }

    @Test
    void s02_compressedItIsTheSame() throws IOException {
        Path file = folder.resolve("small.osm.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(MAP.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(read(file).situation().scene().exits()).hasSize(3);
    }

    @Test
    void s03_whatIsNoMapIsSaid() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.osm"), MAP.substring(0, 600));
        assertThatIOException()
                .isThrownBy(() -> source(broken, District.DEFAULT).read())
                .withMessageContaining("OSM XML");
        Path pbf = Files.writeString(folder.resolve("broken.osm.pbf"), "no map");
        assertThatIOException()
                .isThrownBy(() -> source(pbf, District.DEFAULT).read())
                .withMessageContaining("OSM PBF");
        Path empty = Files.writeString(folder.resolve("empty.osm"), "<osm version=\"0.6\"></osm>");
        assertThat(source(empty, District.DEFAULT).read())
                .isInstanceOfSatisfying(
                        Reading.Refused.class,
                        refused -> assertThat(refused.problems().getFirst()).contains("has no nodes"));
    }

    @Test
    void s04_aCentreBesideTheMapIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("small.osm"), MAP);
        Reading reading = source(file, new District(Optional.of(new Position(50, 10)), 100))
                .read();
        assertThat(reading).isInstanceOfSatisfying(Reading.Refused.class, refused -> assertThat(
                        refused.problems().getFirst())
                .contains("outside the map")
                .contains("exchanged"));
    }

    /** Public extracts, if they lie beside the repository; none is prepared for us. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "berlin-siegessaeule.osm.gz",
                "krems.osm.gz",
                "north-bayreuth.osm.gz",
                "oslo-east-filtered.osm.pbf"
            })
    void s05_aRealExtractBecomesADistrict(String name) throws IOException {
        Path file = home().resolve("../shared/data/city").resolve(name).normalize();
        if (!Files.exists(file)) {
            file = home().resolve("../../shared/data/city").resolve(name).normalize();
        }
        assumeTrue(Files.exists(file), "There is no %s beside the repository.".formatted(name));
        Reading.Read read = read(file);
        assertThat(read.situation().scene().exits()).hasSizeGreaterThan(3);
        assertThat(read.notes()).anyMatch(each -> each.contains("of ground for people"));
        assertThat(read.situation().count()).isPositive();
    }

    @Test
    void s06_thePilotsStadiumIsFencedAndHasEightGates() throws IOException {
        Reading.Read read = read(home().resolve("pilots/pilsen"));
        assertThat(read.situation().scene().doors())
                .extracting(Door::id)
                .contains("gate-a", "gate-b", "gate-c", "gate-d", "gate-e", "gate-f", "gate-g", "gate-h");
        assertThat(read.situation().operable()).contains("gate-a");
        assertThat(read.situation().scene().exits()).isNotEmpty();
        assertThat(read.situation().count()).isGreaterThan(14_000);
    }

    @Test
    void s07_anUnknownSiteIsSaid() throws IOException {
        Reading reading = new SceneSource(
                        home().resolve("pilots/pilsen"),
                        District.DEFAULT,
                        Optional.of("moon"),
                        Optional.empty(),
                        Optional.empty())
                .read();
        assertThat(reading)
                .isEqualTo(new Reading.Refused(
                        List.of("The city has no site moon.%nMaybe one of stadium-district, brewery.".formatted())));
    }

    private static Path home() {
        Path folder = Path.of("").toAbsolutePath();
        while (!folder.resolve("polias").toFile().isFile()) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static Reading.Read read(Path file) throws IOException {
        Reading reading = source(file, District.DEFAULT).read();
        assertThat(reading).as("%s", file).isInstanceOf(Reading.Read.class);
        return (Reading.Read) reading;
    }

    private static SceneSource source(Path file, District district) {
        return new SceneSource(file, district, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
