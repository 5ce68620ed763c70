// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import static org.assertj.core.api.Assertions.assertThat;

class TextTest {

    @Test
    void ordinaryTextIsLeftAsItIs() {
        String text = "Plzeň, \uD83D\uDE31 \u0001 \uFFFF";

        assertThat(Text.clean(text)).isEqualTo(text);
    }

    @Test
    void whatPostgresqlRefusesIsReplaced() {
        assertThat(Text.clean("a\u0000b\uD83Dc\uDE31")).isEqualTo("a\uFFFDb\uFFFDc\uFFFD");
    }

    @Property
    void cleanTextSurvivesUtf8AndIsCleanAlready(@ForAll String text) {
        String clean = Text.clean(text);

        assertThat(clean).doesNotContain("\u0000").hasSameSizeAs(text);
        assertThat(Text.clean(clean)).isEqualTo(clean);
        assertThat(new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(clean);
    }

    @Test
    void timesOutOfRangeAreMovedToTheNearestBound() {
        assertThat(Times.keepable(Instant.MIN)).isEqualTo(Times.EARLIEST);
        assertThat(Times.keepable(Instant.MAX)).isEqualTo(Times.LATEST);
        assertThat(Times.binary(Instant.parse("2000-01-01T00:00:00.000001999Z")))
                .isEqualTo(1);
        assertThat(Times.binary(Instant.parse("1999-12-31T23:59:59.999999Z"))).isEqualTo(-1);
    }
}
