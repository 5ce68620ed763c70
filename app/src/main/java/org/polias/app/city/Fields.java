// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.polias.model.id.Slug;

/**
 * Reads the members of one mapping. What is missing or wrong goes to the log, and a stand-in is returned so that reading goes on
 * and finds the next mistake too; {@link #areSound} then tells that nothing may be built from it.
 */
public final class Fields {

    /** A member that every mapping may have, for the people who keep the files. */
    private static final String NOTE = "note";

    private static final int MAX_TEXT = 2_000;
    static final String STAND_IN = "unreadable";

    private final String file;
    private final String what;
    private final int line;
    private final ProblemLog log;
    private final Map<String, Node.Entry> members = new LinkedHashMap<>();
    private boolean sound = true;

    /**
     * @param what what the mapping describes, for sentences: {@code The zone "park"}
     * @param known the members that it may have
     */
    public Fields(String file, String what, Node.Mapping mapping, Collection<String> known, ProblemLog log) {
        this.file = file;
        this.what = what;
        this.line = mapping.line();
        this.log = log;
        for (Node.Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                if (!entry.key().equals(NOTE)) {
                    fail(
                            entry.line(),
                            entry.key(),
                            "has the member %s, which means nothing here.".formatted(ProblemLog.quote(entry.key())),
                            Nearest.advice(
                                    entry.key(),
                                    known,
                                    "Maybe one of %s."
                                            .formatted(known.stream().sorted().collect(Collectors.joining(", ")))));
                }
            } else if (members.putIfAbsent(entry.key(), entry) != null) {
                fail(
                        entry.line(),
                        entry.key(),
                        "has the member %s twice.".formatted(ProblemLog.quote(entry.key())),
                        "Maybe remove one.");
            }
        }
    }

    /** Whether all that was read so far was in order. */
    public boolean areSound() {
        return sound;
    }

    /** The line of a member, or of the whole where there is no such member. */
    public int line(String key) {
        Node.Entry entry = members.get(key);
        return entry == null
                ? line
                : entry.value().line() == 0 ? entry.line() : entry.value().line();
    }

    /** The member's value, if it is there and not the format's "nothing". */
    public Optional<Node> find(String key) {
        return Optional.ofNullable(members.get(key))
                .map(Node.Entry::value)
                .filter(node -> !(node instanceof Node.Scalar scalar && scalar.absent()));
    }

    /** Reports that a member is wrong; the sentence is begun with what the mapping describes. */
    public void fail(String key, String value, String predicate, String advice) {
        fail(line(key), value, predicate, advice);
    }

    private void fail(int atLine, String value, String predicate, String advice) {
        sound = false;
        log.add(file, atLine, value, what + " " + predicate, advice);
    }

    /** Reports a member that is not there; one that is there and wrong has been reported as such. */
    public void requirePresent(String key, String advice) {
        if (find(key)
                .filter(node ->
                        !(node instanceof Node.Scalar scalar && scalar.text().isBlank()))
                .isEmpty()) {
            fail(line, "", "has no %s.".formatted(ProblemLog.quote(key)), advice);
        }
    }

    public Optional<String> findText(String key) {
        Optional<Node> node = find(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (node.get() instanceof Node.Scalar scalar) {
            String text = scalar.text().strip();
            if (text.length() > MAX_TEXT) {
                fail(
                        key,
                        text,
                        "has a %s of %d characters; at most %d are allowed."
                                .formatted(ProblemLog.quote(key), text.length(), MAX_TEXT),
                        "");
                return Optional.empty();
            }
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        }
        fail(
                key,
                "",
                "has %s as its %s; a single value is expected."
                        .formatted(node.get().describe(), ProblemLog.quote(key)),
                "");
        return Optional.empty();
    }

    public String text(String key, String advice) {
        return findText(key).orElseGet(() -> {
            requirePresent(key, advice);
            return STAND_IN;
        });
    }

    /** An identifier. */
    public Optional<String> findId(String key) {
        Optional<String> text = findText(key);
        if (text.isPresent() && !Slug.isValid(text.get())) {
            fail(
                    key,
                    text.get(),
                    "has the %s %s, which cannot be an identifier."
                            .formatted(ProblemLog.quote(key), ProblemLog.quote(text.get())),
                    "Maybe use up to %d letters without accents, digits, '.', '_', ':' or '-', beginning with a letter or digit."
                            .formatted(Slug.MAX_LENGTH));
            return Optional.empty();
        }
        return text;
    }

    public String id(String key) {
        return findId(key).orElseGet(() -> {
            requirePresent(key, "Maybe give it a short name, such as \"north-gate\".");
            return STAND_IN;
        });
    }

    public Optional<Double> findNumber(String key, double low, double high, String meaning) {
        Optional<String> text = findText(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Double> number = parseNumber(text.get());
        if (number.isEmpty()) {
            fail(
                    key,
                    text.get(),
                    "has the %s %s, which is not a number."
                            .formatted(ProblemLog.quote(key), ProblemLog.quote(text.get())),
                    text.get().indexOf(',') >= 0
                            ? "Maybe write a point instead of the comma."
                            : "Maybe leave the unit out.");
        } else if (!(number.get() >= low && number.get() <= high)) {
            fail(
                    key,
                    text.get(),
                    "has the %s %s; %s is expected."
                            .formatted(ProblemLog.quote(key), ProblemLog.shorten(text.get()), meaning),
                    number.get() < 0 && low >= 0 ? "Maybe the sign is wrong." : "Maybe the unit is another one.");
            return Optional.empty();
        }
        return number;
    }

    public double number(String key, double low, double high, String meaning, String advice) {
        return findNumber(key, low, high, meaning).orElseGet(() -> {
            requirePresent(key, advice);
            return low;
        });
    }

    public Optional<Integer> findWholeNumber(String key, int low, int high) {
        Optional<Double> number = findNumber(key, low, high, "a whole number from %d to %d".formatted(low, high));
        if (number.isPresent() && number.get() != Math.rint(number.get())) {
            fail(
                    key,
                    number.get().toString(),
                    "has the %s %s; a whole number is expected.".formatted(ProblemLog.quote(key), number.get()),
                    "");
            return Optional.empty();
        }
        return number.map(Double::intValue);
    }

    public Optional<Boolean> findTruth(String key) {
        Optional<String> text = findText(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get()) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> {
                fail(
                        key,
                        text.get(),
                        "has the %s %s.".formatted(ProblemLog.quote(key), ProblemLog.quote(text.get())),
                        "Maybe you meant true or false.");
                yield Optional.empty();
            }
        };
    }

    public Optional<Duration> findDuration(String key) {
        Optional<String> text = findText(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Duration> duration = Durations.find(text.get());
        if (duration.isEmpty()) {
            fail(
                    key,
                    text.get(),
                    "has the %s %s, which is not a duration between nothing and a year."
                            .formatted(ProblemLog.quote(key), ProblemLog.quote(text.get())),
                    "Maybe write 500ms, 10s, 5min, 2h, 7d or PT10S.");
        }
        return duration;
    }

    /** One of an enumeration's values, written in lower case with '-' for '_'. */
    public <E extends Enum<E>> Optional<E> findOneOf(String key, Class<E> type) {
        return findOneOf(key, List.of(type.getEnumConstants()), Fields::code);
    }

    public <T> Optional<T> findOneOf(String key, List<T> values, Function<T, String> code) {
        Optional<String> text = findText(key);
        return text.flatMap(written -> oneOf(key, line(key), written, values, code));
    }

    public <E extends Enum<E>> E oneOf(String key, Class<E> type) {
        return findOneOf(key, type).orElseGet(() -> {
            requirePresent(
                    key,
                    "Maybe one of %s."
                            .formatted(Arrays.stream(type.getEnumConstants())
                                    .map(Fields::code)
                                    .collect(Collectors.joining(", "))));
            return type.getEnumConstants()[0];
        });
    }

    public <T> Optional<T> oneOf(String key, int atLine, String written, List<T> values, Function<T, String> code) {
        Optional<T> value =
                values.stream().filter(each -> code.apply(each).equals(written)).findFirst();
        if (value.isEmpty()) {
            List<String> codes = values.stream().map(code).toList();
            fail(
                    atLine,
                    written,
                    "has the %s %s; there are %s."
                            .formatted(ProblemLog.quote(key), ProblemLog.quote(written), String.join(", ", codes)),
                    Nearest.advice(written, codes, ""));
        }
        return value;
    }

    /** The single values of a list; a single value stands for a list of one. */
    public List<Node.Scalar> scalars(String key) {
        return find(key)
                .map(node -> switch (node) {
                    case Node.Scalar scalar -> List.of(scalar);
                    case Node.Mapping _ -> {
                        fail(
                                key,
                                "",
                                "has a mapping as its %s; a list is expected.".formatted(ProblemLog.quote(key)),
                                "");
                        yield List.<Node.Scalar>of();
                    }
                    case Node.Items items ->
                        items.items().stream()
                                .filter(item -> {
                                    boolean single = item instanceof Node.Scalar scalar && !scalar.absent();
                                    if (!single) {
                                        fail(
                                                item.line(),
                                                "",
                                                "has %s in its list %s; single values are expected."
                                                        .formatted(item.describe(), ProblemLog.quote(key)),
                                                "");
                                    }
                                    return single;
                                })
                                .map(Node.Scalar.class::cast)
                                .toList();
                })
                .orElse(List.of());
    }

    public static Optional<Double> parseNumber(String text) {
        // Double.valueOf also takes "NaN", "Infinity", hexadecimals and a trailing 'd', none of which is meant here.
        if (text.isEmpty() || text.length() > 64) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
