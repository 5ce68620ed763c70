// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a CSV row the shape that the same element has in YAML: {@code longitude} and {@code latitude} become {@code position},
 * {@code plausibleLow} and {@code plausibleHigh} become {@code plausible}, {@code mapping.NAME} becomes a member of
 * {@code mapping}. Unknown columns are reported where they have a value.
 */
final class CsvColumns {

    private static final String MAPPING = "mapping.";
    private static final Map<String, String> PAIRED = Map.of(
            "longitude", "position",
            "latitude", "position",
            "plausibleLow", "plausible",
            "plausibleHigh", "plausible");

    private CsvColumns() {}

    static Node.Mapping nest(String file, Node.Mapping row, List<String> columns, ProblemLog log) {
        Map<String, Node> cells = new LinkedHashMap<>();
        List<Node.Entry> mapping = new ArrayList<>();
        for (Node.Entry entry : row.entries()) {
            if (columns.contains("property") && entry.key().startsWith(MAPPING)) {
                mapping.add(new Node.Entry(entry.line(), entry.key().substring(MAPPING.length()), entry.value()));
            } else if (columns.contains(entry.key()) || entry.key().equals("note")) {
                cells.put(entry.key(), entry.value());
            } else {
                log.add(
                        file,
                        entry.line(),
                        entry.key(),
                        "The row has a value in the column %s, which means nothing here."
                                .formatted(ProblemLog.quote(entry.key())),
                        Nearest.advice(entry.key(), columns, "Maybe one of %s.".formatted(String.join(", ", columns))));
            }
        }
        List<Node.Entry> entries = new ArrayList<>();
        cells.forEach((name, value) -> {
            if (!PAIRED.containsKey(name)) {
                entries.add(new Node.Entry(row.line(), name, value));
            }
        });
        pair(row, cells, "longitude", "latitude", entries);
        pair(row, cells, "plausibleLow", "plausibleHigh", entries);
        if (!mapping.isEmpty()) {
            entries.add(new Node.Entry(row.line(), "mapping", new Node.Mapping(row.line(), mapping)));
        }
        return new Node.Mapping(row.line(), entries);
    }

    private static void pair(
            Node.Mapping row, Map<String, Node> cells, String first, String second, List<Node.Entry> entries) {
        if (cells.containsKey(first) || cells.containsKey(second)) {
            Node empty = new Node.Scalar(row.line(), "", true);
            List<Node> both = List.of(cells.getOrDefault(first, empty), cells.getOrDefault(second, empty));
            entries.add(
                    new Node.Entry(row.line(), PAIRED.getOrDefault(first, first), new Node.Items(row.line(), both)));
        }
    }
}
