// SPDX-License-Identifier: Apache-2.0
package org.polias.detect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.polias.detect.settings.DetectorKind;
import org.polias.detect.settings.Parameter;
import org.polias.model.city.City;
import org.polias.model.city.SiteDefinition;
import org.polias.model.id.TenantId;

import static org.assertj.core.api.Assertions.assertThat;

class DetectorCatalogTest {

    private static TestSite site() {
        return new TestSite()
                .zone("gate-a", 2)
                .camera("cam-1", "gate-a")
                .microphone("mic-1")
                .ammonia("nh3")
                .asset("server", "10.0.0.1")
                .network("eve");
    }

    @Test
    void aSiteWithoutSettingsHasNoProblem() {
        assertThat(DetectorCatalog.listProblems(site().definition())).isEmpty();
    }

    @Test
    void everyProblemIsListedWithAdvice() {
        SiteDefinition broken = site().set("impulse-nois", "margin", "3")
                .set("impulse-noise", "margn", "3")
                .set("impulse-noise", "margin", "loud", "refractory", "1 week", "warmUp", "2.5", "enabled", "no")
                .set("impulse-noise", "margin", "2")
                .setFor(Set.of("mic-2"), "impulse-noise", "margin", "10")
                .setFor(Set.of("gate-a", "sound-level"), "impulse-noise", "margin", "10")
                .setFor(Set.of("nh3"), "level", "raise", "20", "clear", "25")
                .set("level", "side", "both")
                .definition();
        List<String> problems = DetectorCatalog.listProblems(broken);
        assertThat(problems).allMatch(problem -> problem.contains("\nMaybe "));
        assertThat(String.join("\n", problems)).isEqualTo("""
                Detector setting 1 (impulse-nois): there is no such detector.
                Maybe 'impulse-noise' is meant.
                Detector setting 2 (impulse-noise): it has no parameter 'margn'.
                Maybe 'margin' is meant.
                Detector setting 3 (impulse-noise): parameter 'enabled' is 'no'.
                Maybe write true or false.
                Detector setting 3 (impulse-noise): parameter 'margin' is 'loud'.
                Maybe write a number from 3 to 100.
                Detector setting 3 (impulse-noise): parameter 'refractory' is '1 week'.
                Maybe write a duration such as 500ms, 10s, 5min, 2h, 1d or PT10S, up to 366 days.
                Detector setting 3 (impulse-noise): parameter 'warmUp' is '2.5'.
                Maybe write a whole number from 1 to 1000.
                Detector setting 4 (impulse-noise): parameter 'margin' is '2'.
                Maybe write a number from 3 to 100.
                Detector setting 5 (impulse-noise): the site has nothing that is called 'mic-2'.
                Maybe 'mic-1' is meant.
                Detector setting 6 (impulse-noise): it cannot watch 'gate-a'.
                Maybe look at the names: it can watch mic-1, sound-level.
                Detector setting 8 (level): parameter 'side' is 'both'.
                Maybe write above or below.
                Detector level of 'nh3': clear is 25.0 and raise is 20.0.
                Maybe exchange them: the condition ends on the safe side of its limit.""");
    }

    @Test
    void aSettingWithAProblemHasNoEffect() {
        SiteDefinition broken = site().set("impulse-noise", "margin", "loud", "absolute", "60")
                .setFor(Set.of("nh3"), "level", "raise", "20", "clear", "25")
                .definition();
        assertThat(DetectorBank.of(broken).stateTypes()).containsKeys("impulse-noise/mic-1", "level/nh3");
    }

    @Test
    void aSubjectOfAnotherSiteOfTheCityIsKnown() {
        SiteDefinition here =
                site().setFor(Set.of("mic-9"), "impulse-noise", "margin", "10").definition();
        SiteDefinition there = new TestSite().microphone("mic-9").definition();
        assertThat(DetectorCatalog.listProblems(here)).hasSize(1);
        assertThat(DetectorCatalog.listProblems(
                        new City(new TenantId("pilsen"), "Pilsen", ZoneId.of("UTC"), true, List.of(here, there))))
                .isEmpty();
    }

    @Test
    void laterSettingsOverrideEarlierOnesParameterByParameter() {
        SiteDefinition site = site().microphone("mic-2")
                .set("impulse-noise", "enabled", "false")
                .setFor(Set.of("mic-1"), "impulse-noise", "enabled", "true")
                .setFor(Set.of("sound-level"), "sensor-silent", "enabled", "false")
                .definition();
        assertThat(DetectorBank.of(site).stateTypes())
                .containsKeys("impulse-noise/mic-1", "sensor-silent/nh3")
                .doesNotContainKeys("impulse-noise/mic-2", "sensor-silent/mic-1");
    }

    @Test
    void anAssetWithAnAddressThatCannotBeReadIsAProblem() {
        assertThat(DetectorCatalog.listProblems(
                        site().asset("pump", "10.0.0.300").definition()))
                .singleElement()
                .asString()
                .contains("'10.0.0.300'")
                .contains("\nMaybe ");
    }

    @Test
    void kindsStandInTheOrderOfTheirNames() {
        assertThat(DetectorCatalog.listKinds())
                .extracting(DetectorKind::name)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(DetectorCatalog.find("level")).isPresent();
    }

    @Test
    void theDocumentationNamesEveryDetectorAndEveryParameterWithItsStandard() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "detectors.md"));
        for (DetectorKind kind : DetectorCatalog.listKinds()) {
            String section = text.substring(Math.max(0, text.indexOf("\n## `" + kind.name() + "`")));
            assertThat(section).as(kind.name()).startsWith("\n## `" + kind.name() + "`");
            int end = section.indexOf("\n## ", 1);
            String own = end < 0 ? section : section.substring(0, end);
            for (Parameter parameter : kind.parameters()) {
                if (!parameter.equals(DetectorKind.ENABLED)) {
                    assertThat(own)
                            .as(kind.name())
                            .contains("| `%s` | %s |"
                                    .formatted(
                                            parameter.name(),
                                            parameter.standard().isEmpty() ? "-" : parameter.standard()));
                }
            }
        }
    }
}
