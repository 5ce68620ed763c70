// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.fold;

import org.polias.model.event.SiteEvent;

/**
 * Told when a part of a fold fails on a record: a bug. The fold goes on without what that part would have made of the record, so that
 * one faulty detector does not blind a city; a replay fails, and goes on, in the same way.
 */
@FunctionalInterface
public interface Faults {

    /**
     * @param event the record on which it failed
     * @param part what failed: detection, fusion, configuration
     */
    void failed(SiteEvent event, String part, RuntimeException failure);
}
