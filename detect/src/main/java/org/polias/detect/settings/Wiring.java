// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.util.List;

import org.polias.detect.Detector;
import org.polias.model.id.DatastreamId;

/** A detector and the datastreams to which it listens. */
public record Wiring(Detector<?> detector, List<DatastreamId> listensTo) {

    public Wiring {
        listensTo = List.copyOf(listensTo);
    }
}
