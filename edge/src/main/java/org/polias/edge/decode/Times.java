// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.decode;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;

/**
 * ISO 8601 instants, as devices write them: {@code 2026-11-21T10:00:00.25Z}, with an offset instead of {@code Z}
 * ({@code +01:00}, {@code +0100}, {@code +01}), seconds and up to nine decimals optional. Written by hand because it runs once
 * for every observation, and the JDK's formatter takes longer than all the rest of the decoder.
 */
final class Times {

    private static final long SECONDS_A_DAY = 86_400;

    private final CharSequence text;
    private int at;

    private Times(CharSequence text) {
        this.text = text;
    }

    /**
     * Reads an instant, or an interval {@code start/end} of which the end counts.
     *
     * @throws Unreadable if it is neither
     */
    static Instant parseEnd(CharSequence text) throws Unreadable {
        Times times = new Times(text);
        Instant first = times.instant();
        if (times.at == text.length()) {
            return first;
        }
        if (text.charAt(times.at) != '/') {
            throw times.unreadable("has %s after its offset".formatted(Excerpt.quoted(rest(text, times.at))));
        }
        times.at++;
        Instant second = times.instant();
        if (times.at != text.length()) {
            throw times.unreadable("has %s after its end".formatted(Excerpt.quoted(rest(text, times.at))));
        }
        if (second.isBefore(first)) {
            throw times.unreadable("ends before it starts");
        }
        return second;
    }

    private Instant instant() throws Unreadable {
        int year = digits(4, "a year of four digits");
        if (at < text.length() && isDigit(text.charAt(at))) {
            throw unreadable("has a year of more than four digits");
        }
        expect('-', "between year and month");
        int month = digits(2, "a month of two digits");
        expect('-', "between month and day");
        int day = digits(2, "a day of two digits");
        if (month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            throw unreadable("names a day that no calendar has");
        }
        if (at >= text.length()) {
            throw unreadable("is a date without a time of day");
        }
        char t = text.charAt(at);
        if (t != 'T' && t != 't') {
            throw unreadable("has no 'T' between date and time");
        }
        at++;
        int hour = digits(2, "an hour of two digits");
        expect(':', "between hour and minute");
        int minute = digits(2, "a minute of two digits");
        int second = 0;
        int nano = 0;
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            second = digits(2, "a second of two digits");
            if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                at++;
                nano = fraction();
            }
        }
        if (hour > 23 || minute > 59 || second > 60) {
            throw unreadable("names a time that no day has");
        }
        int offset_s = offset_s();
        long epochSecond = LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY
                + hour * 3600L
                + minute * 60L
                + second
                - offset_s;
        if (second == 60) {
            // UTC inserts leap seconds only at the end of a UTC day; instants have none, so it counts as the second
            // after it.
            if (Math.floorMod(epochSecond, SECONDS_A_DAY) != 0) {
                throw unreadable("has a second 60 where no leap second can be");
            }
            nano = 0;
        }
        return Instant.ofEpochSecond(epochSecond, nano);
    }

    private int fraction() throws Unreadable {
        int start = at;
        int nano = 0;
        int scale = 100_000_000;
        while (at < text.length() && isDigit(text.charAt(at))) {
            nano += (text.charAt(at) - '0') * scale;
            scale /= 10;
            at++;
        }
        if (at == start || at - start > 9) {
            throw unreadable("has %d decimals of a second; 1 to 9 can be".formatted(at - start));
        }
        return nano;
    }

    private int offset_s() throws Unreadable {
        if (at >= text.length() || text.charAt(at) == '/') {
            throw unreadable("has no offset from UTC; local times are ambiguous");
        }
        char sign = text.charAt(at);
        if (sign == 'Z' || sign == 'z') {
            at++;
            return 0;
        }
        if (sign != '+' && sign != '-') {
            throw unreadable("has %s where its offset from UTC belongs".formatted(Excerpt.quoted(rest(text, at))));
        }
        at++;
        int hours = digits(2, "an offset with hours of two digits");
        int minutes = 0;
        if (at < text.length() && text.charAt(at) == ':') {
            at++;
            minutes = digits(2, "an offset with minutes of two digits");
        } else if (at < text.length() && isDigit(text.charAt(at))) {
            minutes = digits(2, "an offset with minutes of two digits");
        }
        if (hours > 18 || minutes > 59 || hours == 18 && minutes > 0) {
            throw unreadable("has an offset from UTC that no place has");
        }
        int seconds = hours * 3600 + minutes * 60;
        return sign == '-' ? -seconds : seconds;
    }

    private int digits(int count, String what) throws Unreadable {
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            if (at >= text.length() || !isDigit(text.charAt(at))) {
                throw unreadable("has not " + what + " at character " + (at + 1));
            }
            value = value * 10 + text.charAt(at) - '0';
        }
        return value;
    }

    private void expect(char c, String where) throws Unreadable {
        if (at >= text.length() || text.charAt(at) != c) {
            throw unreadable("has no '%s' %s".formatted(c, where));
        }
        at++;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String rest(CharSequence text, int from) {
        return text.subSequence(from, text.length()).toString();
    }

    private Unreadable unreadable(String why) {
        return new Unreadable("%s %s".formatted(Excerpt.quoted(text.toString()), why));
    }

    /** Says why a text is no instant, as the end of the sentence "The phenomenonTime ...". Never leaves this package. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message, null, false, false);
        }
    }
}
