// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

/** All that a simulation is at a moment. Immutable; can be resumed any number of times. */
public interface Snapshot {

    double time_s();

    /** People as they are. */
    Frame frame();
}
