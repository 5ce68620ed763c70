// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.function.Function;

/**
 * One test of the suite.
 *
 * @param id the standard or the data, and the test's number there
 * @param title what it is about
 * @param expected what must come out, as people read it
 * @param test computes it
 */
record CrowdCase(String id, String title, String expected, Function<Lab, Outcome> test) {

    /**
     * What came out.
     *
     * @param ok whether it is as expected
     * @param got what it is, as people read it
     */
    record Outcome(boolean ok, String got) {
        static Outcome of(boolean ok, String text, Object... values) {
            return new Outcome(ok, String.format(java.util.Locale.ROOT, text, values));
        }
    }
}
