// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.util.List;

import org.polias.app.PlatformStart;
import org.polias.app.WarmUp;
import org.polias.app.city.CityLoader;
import org.polias.app.city.Loading;
import org.polias.detect.DetectorCatalog;
import org.polias.model.city.City;

/** What this build of the application is composed of. */
final class Composition {

    private Composition() {}

    static Actions actions() {
        return new Actions(
                PlatformStart::run,
                WarmUp::run,
                folder -> report(CityLoader.load(folder, DetectorCatalog::listProblems)),
                RecordedLogs::export,
                RecordedLogs::replay);
    }

    private static Actions.CityReport report(Loading loading) {
        return switch (loading) {
            case Loading.Loaded(City city, var sources) ->
                new Actions.CityReport(
                        "%s is in order. Sites: %d, sensors: %d, datastreams: %d, followed files: %d."
                                .formatted(
                                        city.name(),
                                        city.sites().size(),
                                        city.sites().stream()
                                                .mapToInt(site -> site.sensors().size())
                                                .sum(),
                                        city.sites().stream()
                                                .mapToInt(site ->
                                                        site.datastreams().size())
                                                .sum(),
                                        sources.size()),
                        List.of());
            case Loading.Refused(var problems) ->
                new Actions.CityReport("", List.of(problems.render().split("\\R\\R?")));
        };
    }
}
