// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.script;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.detect.DetectorBank;
import org.polias.detect.Signal;
import org.polias.model.city.Datastream;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Observation;
import org.polias.model.observation.ObservationId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;

/**
 * A detector test as readable text: what happens, and under each line what is then detected.
 *
 * <pre>
 * # A comment.
 * 00:00:01 mic-1 48.2
 * 00:00:02 mic-1 97.0
 *   -> acoustic.impulse MOMENT mic-1 5.3 | Gate mic rose in a bang to 97.0 dB(A), ...
 * 00:00:03 mic-1 48.0 bad
 * 00:00:04 mic-1 99.0 at 00:00:01
 * 00:00:05 door-1 access.refused credential=4711 reason="not valid here"
 * 00:00:06 tick
 * 00:00:07 .. 00:01:00 tick
 * 00:02:00 .. 00:03:00 every 10s mic-1 48.0
 * </pre>
 *
 * Times are hours, minutes and seconds since {@link #EPOCH}; the day may be longer than 24 hours. A line tells when the platform
 * learned it, the datastream and the result (by the datastream's kind: a number; {@code true}; a word; numbers joined by commas;
 * an event's type and attributes), then optionally the quality ({@code good}, {@code uncertain}, {@code bad}) and after
 * {@code at} the phenomenon time, where it differs. {@code a .. b} repeats the line from a to b, each second or {@code every} so
 * often. {@link #play} leaves out whatever follows an arrow and puts there what is detected in truth, so that a test compares a
 * text with itself.
 */
public final class Script {

    /** The instant that scripts call 00:00:00. */
    public static final Instant EPOCH = Instant.parse("2026-11-21T00:00:00Z");

    private static final String ARROW = "->";

    private final DetectorBank bank;
    private final TreeMap<DatastreamId, Datastream> datastreams = new TreeMap<>();
    private final List<Detection> detections = new ArrayList<>();

    private Script(DetectorBank bank) {
        this.bank = bank;
        bank.definition().datastreams().forEach(datastream -> datastreams.put(datastream.id(), datastream));
    }

    /** Scripts for all detectors of a site. */
    public static Script of(SiteDefinition site) {
        return new Script(DetectorBank.of(site));
    }

    /** Scripts for the detectors with these names. */
    public static Script of(SiteDefinition site, String... detectors) {
        return new Script(DetectorBank.of(site, kind -> List.of(detectors).contains(kind.name())));
    }

    /** Scripts that drive this bank. */
    public static Script driving(DetectorBank bank) {
        return new Script(bank);
    }

    /**
     * Plays {@code script} and returns it with what was detected.
     *
     * @throws IllegalArgumentException if a line cannot be read
     */
    public String play(String script) {
        StringBuilder transcript = new StringBuilder();
        for (String line : script.lines().toList()) {
            if (line.strip().startsWith(ARROW)) {
                continue;
            }
            transcript.append(line).append('\n');
            for (Signal signal : read(line)) {
                for (Detection detection : bank.on(signal)) {
                    detections.add(detection);
                    transcript.append("  ").append(describe(detection)).append('\n');
                }
            }
        }
        return transcript.toString();
    }

    /** All that has been detected so far. */
    public List<Detection> detections() {
        return List.copyOf(detections);
    }

    /** The signals that a line means. */
    public List<Signal> read(String line) {
        List<String> words = split(line);
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return List.of();
        }
        try {
            Instant from = time(words.removeFirst());
            Instant to = from;
            Duration every = Duration.ofSeconds(1);
            if (words.getFirst().equals("..")) {
                words.removeFirst();
                to = time(words.removeFirst());
            }
            if (words.getFirst().equals("every")) {
                words.removeFirst();
                every = Duration.parse("PT" + words.removeFirst().toUpperCase(Locale.ROOT));
            }
            List<Signal> signals = new ArrayList<>();
            for (Instant at = from; !at.isAfter(to); at = at.plus(every)) {
                signals.add(signal(at, words));
            }
            return signals;
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException(
                    "The script's line '%s' cannot be read: %s%nMaybe write '00:00:01 DATASTREAM RESULT' or '00:00:01 tick'."
                            .formatted(line, unreadable.getMessage()),
                    unreadable);
        }
    }

    private static String describe(Detection detection) {
        return String.format(
                Locale.ROOT,
                "-> %s %s %s %.1f | %s",
                detection.type().code(),
                detection.phase(),
                detection.subject(),
                detection.logLikelihoodRatio(),
                detection.summary());
    }

    private Signal signal(Instant knownAt, List<String> words) {
        if (words.getFirst().equals("tick")) {
            return new Signal.Tick(knownAt);
        }
        Datastream datastream = datastreams.get(new DatastreamId(words.getFirst()));
        if (datastream == null) {
            throw new IllegalArgumentException("there is no datastream '" + words.getFirst() + "'.");
        }
        Instant at = knownAt;
        Quality quality = Quality.GOOD;
        List<String> attributes = new ArrayList<>();
        for (int i = 2; i < words.size(); i++) {
            switch (words.get(i)) {
                case "good" -> quality = Quality.GOOD;
                case "uncertain" -> quality = Quality.UNCERTAIN;
                case "bad" -> quality = Quality.BAD;
                case "at" -> at = time(words.get(++i));
                default -> attributes.add(words.get(i));
            }
        }
        Result result = result(datastream, words.get(1), attributes);
        return new Signal.Reading(
                knownAt,
                new Observation(
                        ObservationId.ofDeviceIdentity(datastream.id(), at + " " + result),
                        datastream.id(),
                        at,
                        result,
                        quality,
                        Optional.empty()));
    }

    private static Result result(Datastream datastream, String text, List<String> attributes) {
        return switch (datastream.resultKind()) {
            case QUANTITY -> new Result.Quantity(Double.parseDouble(text));
            case COUNT -> new Result.Count(Long.parseLong(text));
            case TRUTH -> new Result.Truth(Boolean.parseBoolean(text));
            case CATEGORY -> new Result.Category(text);
            case TEXT -> new Result.Text(text);
            case VECTOR ->
                new Result.Vector(List.of(text.split(",")).stream()
                        .mapToDouble(Double::parseDouble)
                        .toArray());
            case EVENT -> {
                TreeMap<String, String> fields = new TreeMap<>();
                for (String attribute : attributes) {
                    int equals = attribute.indexOf('=');
                    fields.put(attribute.substring(0, equals), attribute.substring(equals + 1));
                }
                yield new Result.EventRecord(text, fields);
            }
        };
    }

    private static Instant time(String text) {
        String[] parts = text.split(":");
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not a time.");
        }
        return EPOCH.plus(Duration.ofHours(Long.parseLong(parts[0])))
                .plus(Duration.ofMinutes(Long.parseLong(parts[1])))
                .plus(Duration.parse("PT" + parts[2] + "S"));
    }

    /** Words are parted by spaces; within double quotes a space is a part of the word. */
    private static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
