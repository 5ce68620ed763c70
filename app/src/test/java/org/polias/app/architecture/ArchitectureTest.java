// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.FailureReport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.app.architecture.PoliasHouse.ADAPTERS;
import static org.polias.app.architecture.PoliasHouse.ENGINES;
import static org.polias.app.architecture.PoliasHouse.house;

/** The house is as {@link PoliasHouse} says, and the rules that say so can tell when it is not. */
class ArchitectureTest {

    private static final String ROOT = "org.polias";
    private static final String BROKEN = "org.polias.app.architecture.broken";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> theHouseIsAsItIsWrittenDown() {
        return house(ROOT).rules().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
    }

    @Test
    void theRulesSeeTheClassesOfTheHouse() {
        Set<String> seen = new TreeSet<>();
        for (JavaClass each : CLASSES) {
            seen.add(each.getPackageName().substring(ROOT.length() + 1).replaceAll("\\..*", ""));
        }
        // Rules over classes that were not read hold always: so what is on the class path must be what there is.
        assertThat(seen).contains("model", "detect", "fuse", "respond", "bench", "app");
        assertThat(CLASSES.get(ROOT + ".detect.Detector").getDirectDependenciesFromSelf())
                .anyMatch(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(ROOT + ".model"));
    }

    @Test
    void everyRoomIsInTheHouse() {
        Set<String> expected = new LinkedHashSet<>(List.of("model"));
        expected.addAll(ENGINES);
        expected.addAll(ADAPTERS);
        expected.addAll(List.of("pilots", "bench", "app"));
        assertThat(house(ROOT).rooms().keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** The embedded broker apart: to put a broker into a process was never promised, and its own tests would fail at once. */
    @Test
    void ofKafkaOnlyWhatItPromisesIsUsed() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".stream.broker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..internals..", "kafka..")
                .because("what is internal to Kafka may change with any release, without a word")
                .check(CLASSES);
    }

    @Test
    void aHouseThatBreaksEveryRuleIsFoundOut() {
        JavaClasses broken = new ClassFileImporter().importPackages(BROKEN);
        List<String> violations = new ArrayList<>();
        for (ArchRule rule : house(BROKEN).rules()) {
            FailureReport report = rule.evaluate(broken).getFailureReport();
            violations.addAll(report.getDetails());
        }
        assertThat(violations)
                .as("what each class of the broken house does is reported")
                .anyMatch(line -> line.contains("broken.detect.SeesAnotherEngine") && line.contains("broken.fuse"))
                .anyMatch(line -> line.contains("broken.detect.SeesAnAdapter") && line.contains("broken.store"))
                .anyMatch(line -> line.contains("broken.edge.SeesAnotherAdapter") && line.contains("broken.store"))
                .anyMatch(line -> line.contains("broken.model.SeesAnEngine") && line.contains("broken.detect"))
                .anyMatch(line -> line.contains("broken.cellar.HasNoRoom"));
        assertThat(violations)
                .as("what is impure in an engine is reported")
                .anyMatch(line -> line.contains("ReadsTheClock.instant"))
                .anyMatch(line -> line.contains("ReadsTheClock.millis"))
                .anyMatch(line -> line.contains("ReadsTheClock.nanos"))
                .anyMatch(line -> line.contains("ReadsTheClock.today"))
                .anyMatch(line -> line.contains("ReadsTheClock.clock"))
                .anyMatch(line -> line.contains("ReadsTheClock.reference"))
                .anyMatch(line -> line.contains("IsRandom.random"))
                .anyMatch(line -> line.contains("IsRandom.unseeded"))
                .anyMatch(line -> line.contains("IsRandom.uuid"))
                .anyMatch(line -> line.contains("TouchesTheWorld.file"))
                .anyMatch(line -> line.contains("TouchesTheWorld.print"))
                .anyMatch(line -> line.contains("TouchesTheWorld.thread"))
                .anyMatch(line -> line.contains("TouchesTheWorld.future"))
                .anyMatch(line -> line.contains("TouchesTheWorld.environment"))
                .anyMatch(line -> line.contains("TouchesTheWorld.address"));
        assertThat(violations)
                .as("what is pure is not")
                .noneMatch(line -> line.matches("\\w+ <[^>]*detect\\.(IsPure|SeesWhatItMay)\\b.*"));
    }
}
