// SPDX-License-Identifier: Apache-2.0
package org.polias.model.city;

import java.util.List;
import java.util.Optional;

import org.polias.model.id.SiteKey;
import org.polias.model.incident.CriticalityRules;
import org.polias.model.response.Playbook;

/**
 * Everything that is configured for one site: what the fold of the site needs to know of the world. A definition enters the log
 * like any other event, so that a replay decides with what was known at the time.
 *
 * @param calendar what is known in advance of what will be heard
 * @param criticality by what is judged how much incidents matter, where the city has rules of its own
 * @param revision a hash of the content; two definitions with the same revision are the same
 */
public record SiteDefinition(
        SiteKey key,
        Site site,
        boolean simulated,
        List<Zone> zones,
        List<Asset> assets,
        List<Thing> things,
        List<Sensor> sensors,
        List<Datastream> datastreams,
        List<DetectorSettings> detectors,
        List<Playbook> playbooks,
        List<CalendarEntry> calendar,
        Optional<CriticalityRules> criticality,
        String revision) {

    public SiteDefinition {
        zones = List.copyOf(zones);
        assets = List.copyOf(assets);
        things = List.copyOf(things);
        sensors = List.copyOf(sensors);
        datastreams = List.copyOf(datastreams);
        detectors = List.copyOf(detectors);
        playbooks = List.copyOf(playbooks);
        calendar = List.copyOf(calendar);
    }

    /** A definition of a site without rules of criticality of its own. */
    public SiteDefinition(
            SiteKey key,
            Site site,
            boolean simulated,
            List<Zone> zones,
            List<Asset> assets,
            List<Thing> things,
            List<Sensor> sensors,
            List<Datastream> datastreams,
            List<DetectorSettings> detectors,
            List<Playbook> playbooks,
            List<CalendarEntry> calendar,
            String revision) {
        this(
                key,
                site,
                simulated,
                zones,
                assets,
                things,
                sensors,
                datastreams,
                detectors,
                playbooks,
                calendar,
                Optional.empty(),
                revision);
    }
}
