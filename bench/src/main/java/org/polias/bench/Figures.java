// SPDX-License-Identifier: Apache-2.0
package org.polias.bench;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What was measured, by name and in order. The names are published.
 *
 * @param figures numbers and texts by name
 */
public record Figures(Map<String, Object> figures) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Figures {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** One JSON object on one line. */
    public String json() {
        Map<String, Object> plain = new LinkedHashMap<>();
        figures.forEach((name, figure) -> plain.put(name, rounded(figure)));
        try {
            return JSON.writeValueAsString(plain);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A figure on each line. */
    public void print(PrintWriter out) {
        int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
        figures.forEach((name, figure) -> out.println(name + " ".repeat(width - name.length() + 2) + rounded(figure)));
        out.flush();
    }

    private static Object rounded(Object figure) {
        if (figure instanceof Double number) {
            if (number == Math.rint(number) && Math.abs(number) < 1e9) {
                return number.longValue();
            }
            return Double.valueOf(String.format(Locale.ROOT, "%.4f", number));
        }
        return figure;
    }
}
