// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import org.polias.app.scene.Reading;
import org.polias.app.scene.SceneSource;
import org.polias.model.place.Position;
import org.polias.simulate.ground.District;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Where a scene comes from: the same for all verbs that take one. */
final class SceneOptions {

    @Parameters(
            paramLabel = "FILE",
            description = "A scene (.json), a piece of OpenStreetMap (.osm.pbf, .osm.gz, .osm) or a city's folder.")
    private Path file;

    @Option(
            names = "--centre",
            paramLabel = "LON,LAT",
            converter = PositionConverter.class,
            description =
                    "The middle of the district that is cut out of a map (default: where it has most ways for people).")
    private Optional<Position> centre;

    @Option(
            names = "--radius",
            paramLabel = "M",
            defaultValue = "300",
            description = "Half the side of the district that is cut out of a map (default: ${DEFAULT-VALUE}).")
    private double radius_m;

    @Option(names = "--site", paramLabel = "ID", description = "The site of a city (default: that with most people).")
    private Optional<String> site;

    @Option(names = "--people", paramLabel = "N", description = "Spread so many more people evenly over the ground.")
    private Optional<Integer> people;

    @Option(names = "--seed", paramLabel = "N", description = "Of all that is drawn (default: the scene's, or 1).")
    private Optional<Long> seed;

    @Option(names = "--json", description = "Print one JSON object.")
    boolean isJson;

    /**
     * Reads it.
     *
     * @throws CommandFailed with all that is wrong, if it is not in order
     */
    Reading.Read read() throws IOException {
        District district;
        try {
            district = new District(centre, radius_m);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, e.getMessage(), e);
        }
        if (people.isPresent() && people.get() < 0) {
            throw new CommandFailed(ExitCode.USAGE, "There cannot be %d people.".formatted(people.get()));
        }
        return switch (new SceneSource(file, district, site, people, seed).read()) {
            case Reading.Read read -> read;
            case Reading.Refused(var problems) ->
                throw new CommandFailed(
                        ExitCode.FAILED,
                        "%s is not in order: %s.%n%s"
                                .formatted(
                                        file,
                                        problems.size() == 1 ? "1 problem" : problems.size() + " problems",
                                        String.join("\n", problems)));
        };
    }

    /** Longitude and latitude with a comma between. */
    static final class PositionConverter implements picocli.CommandLine.ITypeConverter<Position> {
        @Override
        public Position convert(String value) {
            String[] parts = value.split(",", -1);
            try {
                if (parts.length == 2) {
                    return new Position(Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
                }
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'%s' is no position: %s".formatted(value, e.getMessage()));
            }
            throw new TypeConversionException("'%s' is not longitude,latitude.".formatted(value));
        }
    }
}
