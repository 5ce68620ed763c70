// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.ArrayList;
import java.util.List;

/** The ground: levels, what leads from one part to another, and where people are safe. */
public record Scene(String name, List<Level> levels, List<Door> doors, List<Stair> stairs, List<Exit> exits) {

    public Scene {
        levels = List.copyOf(levels);
        doors = List.copyOf(doors);
        stairs = List.copyOf(stairs);
        exits = List.copyOf(exits);
    }

    /** A scene of levels without doors, stairs or exits yet. */
    public static Scene of(String name, Level... levels) {
        return new Scene(name, List.of(levels), List.of(), List.of(), List.of());
    }

    public Scene with(Door... more) {
        return new Scene(name, levels, concat(doors, more), stairs, exits);
    }

    public Scene with(Stair... more) {
        return new Scene(name, levels, doors, concat(stairs, more), exits);
    }

    public Scene with(Exit... more) {
        return new Scene(name, levels, doors, stairs, concat(exits, more));
    }

    private static <T> List<T> concat(List<T> some, T[] more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
