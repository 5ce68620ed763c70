// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z,             2026-11-21T10:00:00Z",
        "2026-11-21t10:00:00z,             2026-11-21T10:00:00Z",
        "2026-11-21T10:00Z,                2026-11-21T10:00:00Z",
        "2026-11-21T10:00:00.250Z,         2026-11-21T10:00:00.250Z",
        "2026-11-21T10:00:00.123456789Z,   2026-11-21T10:00:00.123456789Z",
        "2026-11-21T11:00:00+01:00,        2026-11-21T10:00:00Z",
        "2026-11-21T11:00:00+01,           2026-11-21T10:00:00Z",
        "2018-09-18T15:17:10.027366+0000,  2018-09-18T15:17:10.027366Z",
        "2026-11-21T00:30:00-0930,         2026-11-21T10:00:00Z",
        "2016-12-31T23:59:60Z,             2017-01-01T00:00:00Z",
        "2017-01-01T00:59:60.5+01:00,      2017-01-01T00:00:00Z",
        "2024-02-29T00:00:00Z,             2024-02-29T00:00:00Z",
        "2026-11-21T10:00:00Z/2026-11-21T10:00:10Z, 2026-11-21T10:00:10Z",
    })
    void anInstantWithAnOffsetIsRead(String text, Instant expected) throws Exception {
        assertThat(Times.parseEnd(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-21T10:00:00 | no offset",
                "2026-11-21 10:00:00Z | no 'T'",
                "2026-11-21 | without a time",
                "99999-01-01T00:00:00Z | more than four digits",
                "+99999-01-01T00:00:00Z | four digits",
                "2026-02-29T10:00:00Z | no calendar",
                "2026-13-01T10:00:00Z | no calendar",
                "2026-00-10T10:00:00Z | no calendar",
                "2026-11-21T24:00:00Z | no day has",
                "2026-11-21T10:60:00Z | no day has",
                "2026-11-21T10:00:61Z | no day has",
                "2026-11-21T10:00:60Z | no leap second",
                "2026-11-21T10:00:00.Z | decimals",
                "2026-11-21T10:00:00.1234567890Z | decimals",
                "2026-11-21T10:00:00+19:00 | no place",
                "2026-11-21T10:00:00+1 | two digits",
                "2026-11-21T10:00:00Zulu | after its offset",
                "2026-11-21T10:00:10Z/2026-11-21T10:00:00Z | ends before",
                "2026-11-21T10:00:00Z/.. | four digits",
                "2026-11-21T10:00:00Z/2026-11-21T10:00:00 | no offset",
                "now | four digits",
                "1763719200 | more than four digits",
                "'' | four digits",
                "２０２６-11-21T10:00:00Z | four digits",
            })
    void whatIsNoInstantIsRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> Times.parseEnd(text)).hasMessageContaining(reason);
    }

    @Test
    void aMessageQuotesTheTextButNotItsControlCharacters() {
        assertThatThrownBy(() -> Times.parseEnd("2026\u0007\n" + "x".repeat(500)))
                .hasMessageContaining("'2026??x")
                .hasMessageMatching("[^\\n]{1,200}");
    }

    @Property
    void everyInstantThatTheJdkWritesIsReadAsTheJdkReadsIt(
            @ForAll @LongRange(min = -62_167_219_200L, max = 253_402_300_799L) long second,
            @ForAll @LongRange(min = 0, max = 999_999_999) long nano,
            @ForAll @LongRange(min = -1080, max = 1080) long offset_min)
            throws Exception {
        OffsetDateTime time =
                Instant.ofEpochSecond(second, nano).atOffset(ZoneOffset.ofTotalSeconds((int) offset_min * 60));
        if (time.getYear() >= 0 && time.getYear() <= 9999) {
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            assertThat(Times.parseEnd(text)).isEqualTo(time.toInstant());
        }
    }
}
