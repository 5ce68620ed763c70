// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.util.List;
import java.util.Optional;

import org.polias.detect.access.AccessDetector;
import org.polias.detect.access.CredentialDetector;
import org.polias.detect.acoustics.ImpulseNoiseDetector;
import org.polias.detect.acoustics.ShotLocatorDetector;
import org.polias.detect.acoustics.SoundClassDetector;
import org.polias.detect.crowd.CrowdDensityDetector;
import org.polias.detect.cyber.AlertBurstDetector;
import org.polias.detect.cyber.SuricataAlertDetector;
import org.polias.detect.health.ImplausibleValueDetector;
import org.polias.detect.health.SensorsLostTogetherDetector;
import org.polias.detect.health.SilentSensorDetector;
import org.polias.detect.health.StuckSensorDetector;
import org.polias.detect.level.LevelDetector;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Settings;
import org.polias.detect.settings.SiteIndex;
import org.polias.model.city.City;
import org.polias.model.city.SiteDefinition;

/** All kinds of detectors that the platform has. */
public final class DetectorCatalog {

    private static final List<DetectorKind> KINDS = List.of(
            AccessDetector.KIND,
            AlertBurstDetector.KIND,
            CredentialDetector.KIND,
            CrowdDensityDetector.KIND,
            ImpulseNoiseDetector.KIND,
            LevelDetector.KIND,
            ImplausibleValueDetector.KIND,
            SilentSensorDetector.KIND,
            StuckSensorDetector.KIND,
            SensorsLostTogetherDetector.KIND,
            ShotLocatorDetector.KIND,
            SoundClassDetector.KIND,
            SuricataAlertDetector.KIND);

    private DetectorCatalog() {}

    /** All kinds, in the order of their names. */
    public static List<DetectorKind> listKinds() {
        return KINDS;
    }

    /** The kind with this name. */
    public static Optional<DetectorKind> find(String name) {
        return KINDS.stream().filter(kind -> kind.name().equals(name)).findFirst();
    }

    /**
     * Everything that is wrong with the detector settings of a site: unknown detectors, parameters and subjects, bad and
     * contradictory values. Each message says where, names the value, and has advice on a line of its own. Empty if all is well.
     */
    public static List<String> listProblems(SiteDefinition site) {
        return Settings.listProblems(List.of(new SiteIndex(site)), KINDS);
    }

    /** The same for all sites of a city, which share one list of settings: a subject need be known at one site only. */
    public static List<String> listProblems(City city) {
        return Settings.listProblems(city.sites().stream().map(SiteIndex::new).toList(), KINDS);
    }
}
