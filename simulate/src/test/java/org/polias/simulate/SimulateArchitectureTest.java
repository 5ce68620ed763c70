// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate;

import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/** The rooms within this module. */
class SimulateArchitectureTest {

    private static final String ROOT = "org.polias.simulate";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> theRoomsAreAsTheyAreWrittenDown() {
        return Stream.of(
                        apiSeesNothingOfUs(),
                        onlyTheDoorAndTheInternalsSeeTheInternals(),
                        // room     may see, beside the api
                        room("ground"),
                        room("measure", "ground"),
                        room("crowd", "ground", "measure"))
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(CLASSES)));
    }

    private static ArchRule apiSeesNothingOfUs() {
        return classes()
                .that()
                .resideInAPackage(ROOT + ".api..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + ".api..", "java..", "org.jspecify..")
                .because("what others see is made of nothing that they do not see");
    }

    private static ArchRule onlyTheDoorAndTheInternalsSeeTheInternals() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal..")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".CrowdSimulator")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal..")
                .because("how a crowd is computed may change without anybody noticing");
    }

    private static ArchRule room(String name, String... seen) {
        String[] hidden = Stream.of("ground", "measure", "crowd")
                .filter(other -> !other.equals(name) && !java.util.List.of(seen).contains(other))
                .map(other -> ROOT + ".internal." + other + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(ROOT + ".internal." + name + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(hidden)
                .because("%s may see %s".formatted(name, seen.length == 0 ? "nothing" : String.join(", ", seen)));
    }
}
