// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What was measured, by name and in order. The names are published: others read them from the JSON.
 *
 * @param figures numbers and texts by name
 */
public record IngestResult(Map<String, Object> figures) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public IngestResult {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** One JSON object on one line. What could not be measured is null. */
    public String json() {
        Map<String, Object> plain = new LinkedHashMap<>();
        figures.forEach((name, figure) -> plain.put(name, rounded(figure)));
        try {
            return JSON.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Several results side by side, a column each. */
    public static void printTable(List<IngestResult> results, PrintWriter out) {
        int nameWidth = results.getFirst().figures.keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        for (String name : results.getFirst().figures.keySet()) {
            boolean isSame = results.stream()
                            .map(result -> String.valueOf(result.figures.get(name)))
                            .distinct()
                            .count()
                    == 1;
            StringBuilder line = new StringBuilder(name).repeat(" ", nameWidth - name.length());
            for (IngestResult result : isSame ? results.subList(0, 1) : results) {
                Object figure = rounded(result.figures.get(name));
                String text = figure == null ? "-" : String.valueOf(figure);
                line.append("  ").repeat(" ", Math.max(0, 10 - text.length())).append(text);
            }
            out.println(line);
        }
        out.flush();
    }

    private static @Nullable Object rounded(@Nullable Object figure) {
        if (figure instanceof Double number) {
            return Double.isFinite(number) ? Double.valueOf(String.format(Locale.ROOT, "%.2f", number)) : null;
        }
        return figure;
    }
}
