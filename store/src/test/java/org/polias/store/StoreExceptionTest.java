// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.sql.SQLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.polias.store.StoreException.Category;

import static org.assertj.core.api.Assertions.assertThat;

class StoreExceptionTest {

    @ParameterizedTest
    @CsvSource({
        "08006, TRY_AGAIN", // the connection broke
        "57P01, TRY_AGAIN", // the server is shutting down
        "40P01, TRY_AGAIN", // deadlock
        "53100, TRY_AGAIN", // disk full
        "55P03, TRY_AGAIN", // lock not available
        "22021, DATA_REFUSED", // character not in repertoire
        "22P05, DATA_REFUSED", // untranslatable character
        "22003, DATA_REFUSED", // numeric value out of range
        "23505, DATA_REFUSED", // unique violation
        "54000, DATA_REFUSED", // program limit exceeded
        "42P01, NEEDS_ATTENTION", // undefined table
        "28P01, NEEDS_ATTENTION", // wrong password
        "3D000, NEEDS_ATTENTION", // no such database
    })
    void onlyWhatLiesInTheDataCountsAsRefused(String sqlState, Category category) {
        assertThat(StoreException.of("testing", new SQLException("it failed", sqlState))
                        .category())
                .isEqualTo(category);
    }

    @Test
    void aFailureWithoutAStateIsTriedAgain() {
        assertThat(StoreException.of("testing", new SQLException("it failed")).category())
                .isEqualTo(Category.TRY_AGAIN);
    }

    @Test
    void aFullDiskIsSaidWithAdvice() {
        assertThat(StoreException.of("storing observations", new SQLException("could not extend file", "53100")))
                .hasMessage("The database failed at storing observations: could not extend file (SQLSTATE 53100)\n"
                        + "Maybe the disk is full: make room, and it goes on by itself.");
    }
}
