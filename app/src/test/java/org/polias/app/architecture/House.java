// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * A house of rooms, written down as who sees whom, and read as rules.
 *
 * @param root the package whose sub-packages are the rooms
 * @param rooms the rooms that each room may see, itself apart, in the order in which they were written down
 */
record House(String root, Map<String, SequencedSet<String>> rooms, List<Purity> purities) {

    static House of(String root) {
        return new House(root, new LinkedHashMap<>(), new ArrayList<>());
    }

    /** Adds a room that sees the rooms in {@code others} and none else. */
    House room(String name, List<String> others) {
        rooms.put(name, new LinkedHashSet<>(others));
        return this;
    }

    /** Adds something that no class of the rooms may use. */
    House in(List<String> pureRooms, String reason, DescribedPredicate<? super JavaAccess<?>> forbidden) {
        purities.add(new Purity(pureRooms, reason, forbidden));
        return this;
    }

    List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>();
        rooms.forEach((room, seen) -> rules.add(sees(room, seen)));
        purities.forEach(purity -> purity.rooms()
                .forEach(room -> rules.add(noClasses()
                        .that(belongTo(room))
                        .should()
                        .accessTargetWhere(purity.forbidden())
                        .because(purity.reason())
                        .allowEmptyShould(true))));
        rules.add(classes()
                .that(resideInAnyPackage(root + ".."))
                .should()
                .resideInAnyPackage(rooms.keySet().stream().map(this::packages).toArray(String[]::new))
                .because("every class has a room, and a new room is first written into the house"));
        return rules;
    }

    private ArchRule sees(String room, SequencedSet<String> seen) {
        List<String> hidden = rooms.keySet().stream()
                .filter(other -> !other.equals(room) && !seen.contains(other))
                .toList();
        return noClasses()
                .that(belongTo(room))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(hidden.stream().map(this::packages).toArray(String[]::new)))
                .because("%s may see %s".formatted(room, seen.isEmpty() ? "nothing" : String.join(", ", seen)))
                .allowEmptyShould(true);
    }

    DescribedPredicate<JavaClass> belongTo(String room) {
        return resideInAnyPackage(packages(room));
    }

    private String packages(String room) {
        return root + "." + room + "..";
    }

    /** What the rooms may not use, and why. */
    record Purity(List<String> rooms, String reason, DescribedPredicate<? super JavaAccess<?>> forbidden) {}
}
