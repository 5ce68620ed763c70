// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A city to measure with: sites that do not touch, full of microphones.
 *
 * @param sites how many sites share the datastreams
 * @param datastreams of the whole city
 */
record BenchCity(int sites, int datastreams) {

    /** Datastreams of a city, usually. */
    static final int DATASTREAMS = 1_000;
    /** Degrees of latitude in 10 m, the distance between neighbouring microphones. */
    private static final double SPACING_DEG = 10.0 / 111_320.0;

    private static final int ROW_LENGTH = 16;

    /** A city of the usual size. */
    BenchCity(int sites) {
        this(sites, DATASTREAMS);
    }

    String site(int site) {
        return "bench-" + site;
    }

    int datastreamsPerSite() {
        return datastreams / sites;
    }

    String datastream(int site, int number) {
        return "bench-%d-level-%d".formatted(site, number);
    }

    /** Writes the city's folder. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        StringBuilder city = new StringBuilder();
        city.append("tenant: bench\n")
                .append("name: Bench\n")
                .append("timeZone: UTC\n")
                .append("simulated: true\n")
                .append("sites:\n");
        List<String> things = new ArrayList<>(List.of("site,id,name,longitude,latitude"));
        List<String> sensors = new ArrayList<>(List.of("id,thing,kind,model,range_m"));
        List<String> datastreams =
                new ArrayList<>(List.of("id,sensor,name,property,result,unit,plausibleLow,plausibleHigh"));
        for (int s = 0; s < sites; s++) {
            double longitude = 10.0 + 0.5 * (s % 20);
            double latitude = 50.0 + 0.5 * (s / 20);
            city.append("  - id: ").append(site(s)).append('\n');
            city.append("    name: Bench site ").append(s).append('\n');
            city.append("    class: stadium\n");
            city.append("    origin: [%s, %s]%n".formatted(degrees(longitude), degrees(latitude)));
            city.append("    expectedPeople: 10000\n");
            for (int d = 0; d < datastreamsPerSite(); d++) {
                String id = datastream(s, d);
                things.add("%s,thing-%s,Post %d,%s,%s"
                        .formatted(
                                site(s),
                                id,
                                d,
                                degrees(longitude + SPACING_DEG * (d % ROW_LENGTH)),
                                degrees(latitude + SPACING_DEG * (d / ROW_LENGTH))));
                sensors.add("sensor-%s,thing-%s,microphone,bench,30".formatted(id, id));
                datastreams.add("%s,sensor-%s,Level %d,sound-level,quantity,dB,0,140".formatted(id, id, d));
            }
        }
        Files.writeString(directory.resolve("city.yaml"), city);
        Files.write(directory.resolve("things.csv"), things);
        Files.write(directory.resolve("sensors.csv"), sensors);
        Files.write(directory.resolve("datastreams.csv"), datastreams);
    }

    private static String degrees(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }
}
