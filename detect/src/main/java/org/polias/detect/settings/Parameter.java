// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A parameter of a kind of detector.
 *
 * @param form how it is written
 * @param standard its value where nothing is set, as it is written; empty where it has none or it depends on the subject
 * @param low the smallest value, of numbers; of durations in seconds
 * @param high the largest value, of numbers; of durations in seconds
 * @param choices the words that may stand, of {@link Form#CHOICE}
 * @param meaning one sentence, with the unit and what stands where there is no standard
 */
public record Parameter(
        String name, Form form, String standard, double low, double high, List<String> choices, String meaning) {

    /** How a parameter's value is written. */
    public enum Form {
        NUMBER,
        WHOLE,
        DURATION,
        SWITCH,
        CHOICE
    }

    public Parameter {
        choices = List.copyOf(choices);
        if (!standard.isEmpty()) {
            Optional<String> problem = findProblem(name, form, low, high, choices, standard);
            if (problem.isPresent()) {
                throw new IllegalArgumentException(problem.get());
            }
        }
    }

    /** A real number from {@code low} to {@code high}. */
    public static Parameter number(String name, String standard, double low, double high, String meaning) {
        return new Parameter(name, Form.NUMBER, standard, low, high, List.of(), meaning);
    }

    /** A whole number from {@code low} to {@code high}. */
    public static Parameter whole(String name, int standard, int low, int high, String meaning) {
        return new Parameter(name, Form.WHOLE, Integer.toString(standard), low, high, List.of(), meaning);
    }

    /** A duration, up to a year. */
    public static Parameter duration(String name, String standard, String meaning) {
        return new Parameter(
                name, Form.DURATION, standard, 0, Duration.ofDays(366).toSeconds(), List.of(), meaning);
    }

    /** On or off. */
    public static Parameter flag(String name, boolean standard, String meaning) {
        return new Parameter(name, Form.SWITCH, Boolean.toString(standard), 0, 1, List.of(), meaning);
    }

    /** One of several words; the first is the standard. */
    public static Parameter choice(String name, List<String> choices, String meaning) {
        return new Parameter(name, Form.CHOICE, choices.getFirst(), 0, 0, choices, meaning);
    }

    /** What is wrong with {@code text} as a value of this parameter, with advice; empty if nothing is. */
    public Optional<String> findProblem(String text) {
        return findProblem(name, form, low, high, choices, text);
    }

    private static Optional<String> findProblem(
            String name, Form form, double low, double high, List<String> choices, String text) {
        return switch (form) {
            case NUMBER ->
                within(
                        name,
                        text,
                        Texts.findNumber(text),
                        low,
                        high,
                        "a number from %s to %s".formatted(Texts.plain(low), Texts.plain(high)));
            case WHOLE ->
                within(
                        name,
                        text,
                        Texts.findWhole(text).map(Integer::doubleValue),
                        low,
                        high,
                        "a whole number from %s to %s".formatted(Texts.plain(low), Texts.plain(high)));
            case DURATION ->
                within(
                        name,
                        text,
                        Texts.findDuration(text).map(d -> d.toMillis() / 1000.0),
                        low,
                        high,
                        "a duration such as 500ms, 10s, 5min, 2h, 1d or PT10S, up to 366 days");
            case SWITCH ->
                text.equals("true") || text.equals("false")
                        ? Optional.empty()
                        : Optional.of(problem(name, text, "true or false"));
            case CHOICE ->
                choices.contains(text)
                        ? Optional.empty()
                        : Optional.of(problem(name, text, String.join(" or ", choices)));
        };
    }

    private static Optional<String> within(
            String name, String text, Optional<Double> value, double low, double high, String expected) {
        return value.isPresent() && value.get() >= low && value.get() <= high
                ? Optional.empty()
                : Optional.of(problem(name, text, expected));
    }

    private static String problem(String name, String text, String expected) {
        return "parameter '%s' is '%s'.%nMaybe write %s.".formatted(name, text, expected);
    }
}
