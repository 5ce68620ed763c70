// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.polias.model.acoustics.SoundClass;

/** The classes of a model trained on AudioSet, and which of ours each speaks for ({@code audioset.properties}). */
final class AudioSetClasses {

    private static final String MAPPING = "audioset.properties";

    private final int count;
    private final Map<SoundClass, int[]> members;

    private AudioSetClasses(int count, Map<SoundClass, int[]> members) {
        this.count = count;
        this.members = members;
    }

    /**
     * Reads a class map.
     *
     * @param name what to call it where something is wrong
     * @param csv lines in the order of the model's output: with a head that names a column {@code display_name} or {@code name}, or
     *     just a name on each line
     * @throws UnusableModel if there are no names in it, or if none of them is one of AudioSet's
     */
    static AudioSetClasses of(String name, String csv) {
        List<String> names = names(name, csv);
        Map<String, SoundClass> mapping = mapping();
        Map<SoundClass, List<Integer>> found = new EnumMap<>(SoundClass.class);
        int known = 0;
        for (int i = 0; i < names.size(); i++) {
            SoundClass ours = mapping.get(names.get(i).toLowerCase(Locale.ROOT));
            if (ours != null) {
                known++;
                found.computeIfAbsent(ours, _ -> new ArrayList<>()).add(i);
            }
        }
        if (known == 0) {
            throw new UnusableModel(
                    "None of the %d classes in %s is one of AudioSet's; the first is '%s'.%nMaybe it is another model's class map."
                            .formatted(names.size(), name, names.getFirst()));
        }
        Map<SoundClass, int[]> members = new EnumMap<>(SoundClass.class);
        found.forEach((ours, indexes) ->
                members.put(ours, indexes.stream().mapToInt(Integer::intValue).toArray()));
        return new AudioSetClasses(names.size(), members);
    }

    /** How many classes the model has. */
    int count() {
        return count;
    }

    /** The highest score among those that speak for a class; 0 if there are none. */
    double highest(float[] scores, SoundClass soundClass) {
        double highest = 0;
        int[] indexes = members.get(soundClass);
        if (indexes != null) {
            for (int i : indexes) {
                highest = Math.max(highest, scores[i]);
            }
        }
        return highest;
    }

    private static List<String> names(String name, String csv) {
        List<String> lines = csv.lines().filter(line -> !line.isBlank()).toList();
        if (lines.isEmpty()) {
            throw new UnusableModel("The class map %s is empty.".formatted(name));
        }
        List<String> head = cells(lines.getFirst().replace("\uFEFF", "")).stream()
                .map(cell -> cell.toLowerCase(Locale.ROOT))
                .toList();
        int column = Math.max(head.indexOf("display_name"), head.indexOf("name"));
        if (column < 0) {
            return lines.stream().map(String::strip).toList();
        }
        List<String> names = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = cells(lines.get(i));
            if (cells.size() <= column) {
                throw new UnusableModel("Line %d of the class map %s has no %s: %s"
                        .formatted(i + 1, name, head.get(column), lines.get(i)));
            }
            names.add(cells.get(column));
        }
        if (names.isEmpty()) {
            throw new UnusableModel("The class map %s has a head and no classes.".formatted(name));
        }
        return names;
    }

    /** The cells of a line of comma-separated values (RFC 4180), which does not go over several lines. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean isDoubled = isQuoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (isDoubled) {
                    cell.append(c);
                    i++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (c == ',' && !isQuoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    private static Map<String, SoundClass> mapping() {
        Properties lines = new Properties();
        try (InputStream in = AudioSetClasses.class.getResourceAsStream(MAPPING)) {
            if (in == null) {
                throw new IllegalStateException("The resource %s is missing.".formatted(MAPPING));
            }
            lines.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, SoundClass> mapping = new HashMap<>();
        for (String code : lines.stringPropertyNames()) {
            SoundClass ours = SoundClass.find(code)
                    .orElseThrow(() -> new IllegalStateException("%s: '%s' is no class.".formatted(MAPPING, code)));
            for (String displayName : lines.getProperty(code).split(";")) {
                if (mapping.put(displayName.strip().toLowerCase(Locale.ROOT), ours) != null) {
                    throw new IllegalStateException("%s has '%s' twice.".formatted(MAPPING, displayName.strip()));
                }
            }
        }
        return mapping;
    }
}
