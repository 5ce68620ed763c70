// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.List;

import org.polias.model.city.City;

/** What came of loading a city. */
public sealed interface Loading {

    /** The files are in order. */
    record Loaded(City city, List<EveSource> sources) implements Loading {
        public Loaded {
            sources = List.copyOf(sources);
        }
    }

    /** The files have problems; nothing of the city may be used. */
    record Refused(Problems problems) implements Loading {}
}
