// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.Collection;
import java.util.List;

/**
 * A crowd that moves. Not for several threads at once; it uses its workers for itself. The same ground, scenario and calls give the
 * same course to the bit, whatever the workers.
 */
public interface Simulation {

    /** What is suspicious about the scenario but can be lived with. */
    List<Problem> problems();

    double time_s();

    /** People on the ground: neither out, nor yet to come. */
    int present();

    /** People who are out. */
    int evacuated();

    /** People who cannot move any more. */
    int down();

    /** Whether nobody is left who could still get out or come in. */
    boolean isOver();

    /** One time step. */
    void step();

    /** Steps until {@code time_s} is reached or it is over. */
    void advanceTo(double time_s);

    /** Opens or closes a door or an exit from now on, whatever its {@link Opening}. */
    void setOpen(String doorOrExit, boolean open);

    /** Makes people choose their exit anew, by another rule, from now on. */
    void redirect(Collection<String> populations, RouteChoice route);

    Frame frame();

    Snapshot snapshot();

    /** What was until now. */
    Result result();
}
