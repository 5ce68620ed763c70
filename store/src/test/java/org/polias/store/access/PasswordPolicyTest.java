// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordPolicyTest {

    @Test
    void tenCharactersAreEnough() {
        assertThat(PasswordPolicy.findProblem("anna", "tramvaj 42")).isEmpty();
    }

    @Test
    void nineAreNot() {
        assertThat(PasswordPolicy.findProblem("anna", "tramvaj 4"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("9 characters", "\nMaybe"));
    }

    @Test
    void theOwnNameIsNoPassword() {
        assertThat(PasswordPolicy.findProblem("anna.novak", "ANNA.NOVAK2026")).isPresent();
    }

    @Test
    void oneCharacterAgainAndAgainIsNone() {
        assertThat(PasswordPolicy.findProblem("anna", "1111111111111")).isPresent();
    }

    @Test
    void aBookIsNoPasswordEither() {
        assertThat(PasswordPolicy.findProblem("anna", "word ".repeat(100))).isPresent();
    }
}
