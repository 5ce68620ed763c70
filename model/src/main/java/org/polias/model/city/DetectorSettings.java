// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.util.Map;
import java.util.Set;

import org.polias.model.Sorted;

/**
 * Settings of one detector, for all that it applies to or for some. Later settings override earlier ones, parameter by
 * parameter.
 *
 * @param detector the detector's name
 * @param subjects the ids (of datastreams, zones or assets) or observed properties to which the settings apply; empty: all
 * @param parameters the parameters by name, in the form in which the city's file has them
 */
public record DetectorSettings(String detector, Set<String> subjects, Map<String, String> parameters) {

    public DetectorSettings {
        subjects = Sorted.copyOf(subjects);
        parameters = Sorted.copyOf(parameters);
    }
}
