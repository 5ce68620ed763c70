// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.polias.app.city.Problem;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a file of detections holds: each line is taken or refused with a reason, and nothing else happens. */
class DetectionReaderProperties {

    private static final String GOOD =
            "{\"type\": \"acoustic.gunshot\", \"sensor\": \"mic-1\", \"time\": \"2026-11-21T20:15:03Z\", \"log_likelihood_ratio\": 6, \"lat\": 49.75, \"lon\": 13.38, \"sigma_m\": 40}";

    @Property(tries = 500)
    void anyTextIsTakenOrRefused(@ForAll String text) throws IOException {
        Read read = read(text);
        assertThat(read.lines.size() + read.problems.size()).isGreaterThanOrEqualTo(0);
    }

    @Property(tries = 1000)
    void aLineWithAnythingInItsMembersIsTakenOrRefusedAndTheNextCounts(
            @ForAll("values") String value, @ForAll("members") String member) throws IOException {
        String line = GOOD.replaceFirst(
                "\\{", "{\"" + member + "\": " + java.util.regex.Matcher.quoteReplacement(value) + ", ");
        Read read = read(line + "\n" + GOOD);
        assertThat(read.lines).isNotEmpty();
        assertThat(read.problems)
                .allSatisfy(problem -> assertThat(problem.render()).contains("test.jsonl:1"));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "null",
                "true",
                "-1",
                "0",
                "1e400",
                "\"\"",
                "\"x\"",
                "[]",
                "{}",
                "[1, 2]",
                "{\"a\": 1}",
                "1e-400",
                "99999999999999999999",
                "\"2026-13-45T99:99:99Z\"",
                "\"\\u0000\"",
                "[{\"kind\": 1}]",
                "NaN",
                "0.5");
    }

    @Provide
    Arbitrary<String> members() {
        return Arbitraries.of(
                "kind",
                "id",
                "site",
                "phase",
                "detector",
                "gateway",
                "known_at",
                "probability",
                "prior",
                "entities",
                "measures",
                "summary",
                "unknown");
    }

    @Test
    void aGoodLineIsTaken() throws IOException {
        Read read = read(GOOD + "\n\n" + GOOD);
        assertThat(read.problems).isEmpty();
        assertThat(read.lines).hasSize(2).allMatch(FusionLine.Claim.class::isInstance);
    }

    private record Read(List<FusionLine> lines, List<Problem> problems) {}

    private static Read read(String text) throws IOException {
        List<FusionLine> lines = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        new DetectionReader("test.jsonl", new SiteBook()).read(new StringReader(text), lines::add, problems::add);
        return new Read(lines, problems);
    }
}
