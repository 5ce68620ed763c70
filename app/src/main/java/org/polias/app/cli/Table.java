// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** A table for people: columns aligned, numbers to the right, times to the second, nothing else. */
final class Table {

    /** An instant with a fraction of its second, which tells a person nothing. */
    private static final Pattern SECOND_AND_LESS =
            Pattern.compile("^(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)\\.\\d+Z$");

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    /** Adds a row; a cell that is missing, null or empty shows as "-". */
    Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(text(cell));
        }
        if (row.size() != head.size()) {
            throw new IllegalArgumentException("%d cells for %d columns.".formatted(row.size(), head.size()));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Prints the table, or {@code ifEmpty} if it has no rows. */
    void print(PrintWriter out, String ifEmpty) {
        if (rows.isEmpty()) {
            out.println(ifEmpty);
            return;
        }
        int columns = head.size();
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int c = 0; c < columns; c++) {
            int column = c;
            widths[c] = Math.max(
                    width(head.get(c)),
                    rows.stream().mapToInt(row -> width(row.get(column))).max().orElse(0));
            numbers[c] = rows.stream().allMatch(row -> isNumber(row.get(column)));
        }
        printRow(out, head, widths, numbers);
        rows.forEach(row -> printRow(out, row, widths, numbers));
    }

    private static void printRow(PrintWriter out, List<String> cells, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < widths.length; c++) {
            String cell = cells.get(c);
            String padding = " ".repeat(widths[c] - width(cell));
            line.append(c == 0 ? "" : "  ").append(numbers[c] ? padding + cell : cell + padding);
        }
        out.println(line.toString().stripTrailing());
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == ',' || c == '-');
    }

    private static String text(Object cell) {
        String text =
                switch (cell) {
                    case JsonNode node when node.isNull() || node.isMissingNode() -> "";
                    case JsonNode node when node.isValueNode() -> node.asText();
                    case JsonNode node -> node.toString();
                    case Object other -> other.toString();
                };
        // Names come from outside: a control character in one must not reach the terminal.
        String printable = SECOND_AND_LESS
                .matcher(text.replaceAll("\\p{Cntrl}", " ").strip())
                .replaceFirst("$1Z");
        return printable.isEmpty() ? "-" : printable;
    }
}
