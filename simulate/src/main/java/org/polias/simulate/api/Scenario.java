// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.ArrayList;
import java.util.List;

/** Who is on the ground, what happens to them and what is measured. */
public record Scenario(
        List<Population> populations,
        Hazards hazards,
        List<Threat> threats,
        List<MeasurementArea> areas,
        List<Cordon> cordons,
        Settings settings,
        long seed) {

    public Scenario {
        populations = List.copyOf(populations);
        threats = List.copyOf(threats);
        areas = List.copyOf(areas);
        cordons = List.copyOf(cordons);
    }

    /** People without hazards, threats or measurements. */
    public static Scenario of(Population... populations) {
        return new Scenario(List.of(populations), Hazards.NONE, List.of(), List.of(), List.of(), Settings.DEFAULT, 1);
    }

    public Scenario with(Population... more) {
        return new Scenario(concat(populations, more), hazards, threats, areas, cordons, settings, seed);
    }

    public Scenario with(MeasurementArea... more) {
        return new Scenario(populations, hazards, threats, concat(areas, more), cordons, settings, seed);
    }

    public Scenario with(Cordon... more) {
        return new Scenario(populations, hazards, threats, areas, concat(cordons, more), settings, seed);
    }

    public Scenario with(Threat... more) {
        return new Scenario(populations, hazards, concat(threats, more), areas, cordons, settings, seed);
    }

    public Scenario amid(Hazards newHazards) {
        return new Scenario(populations, newHazards, threats, areas, cordons, settings, seed);
    }

    public Scenario set(Settings newSettings) {
        return new Scenario(populations, hazards, threats, areas, cordons, newSettings, seed);
    }

    public Scenario seeded(long newSeed) {
        return new Scenario(populations, hazards, threats, areas, cordons, settings, newSeed);
    }

    private static <T> List<T> concat(List<T> some, T[] more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
