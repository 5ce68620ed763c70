// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.nio.file.Files;
import java.nio.file.Path;

import org.polias.app.city.CityLoader;
import org.polias.app.city.EveSource;
import org.polias.app.city.Loading;
import org.polias.app.cli.Home;
import org.polias.app.cli.UpCommand;
import org.polias.app.cli.UpOptions;
import org.polias.detect.DetectorCatalog;

/** Loads the city that was asked for. */
final class CityOfChoice {

    private CityOfChoice() {}

    /**
     * The city and the files that are followed for it. Files that the city names relatively lie in the data directory: a
     * city's folder is read, never written.
     *
     * @throws StartFailed with every problem of the city's files
     */
    static Loading.Loaded load(UpOptions options) {
        Path folder = options.city().orElseGet(() -> pilotFolder(options.pilot().orElse(UpCommand.DEFAULT_PILOT)));
        return switch (CityLoader.load(folder, DetectorCatalog::listProblems)) {
            case Loading.Loaded(var city, var sources) ->
                new Loading.Loaded(
                        city,
                        sources.stream()
                                .map(source -> new EveSource(
                                        source.datastream(), options.data().resolve(source.file())))
                                .toList());
            case Loading.Refused(var problems) -> throw new StartFailed(problems.render());
        };
    }

    private static Path pilotFolder(String pilot) {
        Path pilots = Home.directory().resolve("pilots");
        Path folder = pilots.resolve(pilot);
        if (pilot.contains("/") || !Files.exists(folder.resolve("city.yaml"))) {
            throw new StartFailed("There is no pilot '%s' in %s.%nMaybe use --pilot pilsen.".formatted(pilot, pilots));
        }
        return folder;
    }
}
