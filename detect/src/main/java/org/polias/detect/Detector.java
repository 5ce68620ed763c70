// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import org.polias.model.detection.Detection;
import org.polias.model.event.Step;

/**
 * A detector for one subject (a datastream, a zone, an asset, a site): a pure fold over the signals of the datastreams that it
 * listens to. It is a record whose components are its configuration. It reads no clock: time is what its signals say.
 *
 * @param <S> its state: an immutable record of plain components, so that it can be written down and read again
 */
public interface Detector<S extends Record> {

    /** Its name, the same for all subjects; settings in a city's files refer to it. */
    String name();

    /** The id of the datastream, zone, asset or site that it watches. */
    String subject();

    /** The class of its state, by which a stored state is read again. */
    Class<S> stateType();

    /** The state before any signal. */
    S initial();

    /**
     * One step. A signal that changes nothing returns {@code state} itself, which lets a runtime see at once that nothing needs
     * to be written.
     */
    Step<S, Detection> on(S state, Signal signal);
}
