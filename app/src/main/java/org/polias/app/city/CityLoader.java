// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import org.polias.model.city.SiteDefinition;

/**
 * Loads a city from its folder. Whatever the files contain, the answer is a {@link Loading}: the city, or everything that is
 * wrong with it. The formats are documented in {@code docs/city.md}.
 */
public final class CityLoader {

    private CityLoader() {}

    /** Loads the city in {@code folder}; the settings of detectors are not checked beyond their form. */
    public static Loading load(Path folder) {
        return load(folder, definition -> List.of());
    }

    /**
     * Loads the city in {@code folder}.
     *
     * @param detectorCheck says what is wrong with the detectors' settings of a site: sentences with values, each perhaps followed
     *     by a line of advice
     */
    public static Loading load(Path folder, Function<SiteDefinition, List<String>> detectorCheck) {
        return new CityFolder(folder, detectorCheck).load();
    }
}
