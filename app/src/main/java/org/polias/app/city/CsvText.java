// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * CSV (RFC 4180) into a list of mappings, one for each row, by the names in the first row. Lines end in LF or CRLF; the
 * separator is the comma, or the semicolon where the first row has semicolons and no comma, as spreadsheets write it in much of
 * Europe. An empty cell is an absent value.
 */
final class CsvText {

    private final String file;
    private final String text;
    private final char separator;
    private final ProblemLog log;
    private int at;
    private int line = 1;

    private CsvText(String file, String text, ProblemLog log) {
        this.file = file;
        this.text = text;
        this.log = log;
        String first = text.lines().findFirst().orElse("");
        this.separator = first.indexOf(',') < 0 && first.indexOf(';') >= 0 ? ';' : ',';
    }

    /** The rows. Nothing if the text is not CSV, which is then a problem. */
    static Optional<Node> read(String file, String text, ProblemLog log) {
        return new CsvText(file, text, log).read();
    }

    private Optional<Node> read() {
        Optional<Row> header = row();
        if (header.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = header.get().cells;
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                log.add(
                        file,
                        header.get().line,
                        name,
                        "%s has the column %s twice.".formatted(file, ProblemLog.quote(name)),
                        "Maybe remove one.");
                return Optional.empty();
            }
        }
        List<Node> rows = new ArrayList<>();
        while (at < text.length()) {
            Optional<Row> row = row();
            if (row.isEmpty()) {
                return Optional.empty();
            }
            List<String> cells = row.get().cells;
            if (cells.size() == 1 && cells.getFirst().isEmpty()) {
                continue;
            }
            int rowLine = row.get().line;
            if (cells.size() != names.size()) {
                log.add(
                        file,
                        rowLine,
                        "",
                        "The row has %d cells, but there are %d columns.".formatted(cells.size(), names.size()),
                        "Maybe a %s inside a value needs quotation marks around the value."
                                .formatted(separator == ',' ? "comma" : "semicolon"));
                continue;
            }
            List<Node.Entry> entries = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                String cell = cells.get(i);
                if (!cell.isEmpty()) {
                    entries.add(new Node.Entry(rowLine, names.get(i), new Node.Scalar(rowLine, cell, false)));
                }
            }
            rows.add(new Node.Mapping(rowLine, entries));
        }
        return Optional.of(new Node.Items(1, rows));
    }

    private Optional<Row> row() {
        int first = line;
        List<String> cells = new ArrayList<>();
        while (true) {
            Optional<String> cell = cell();
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            cells.add(cell.get());
            if (at < text.length() && text.charAt(at) == separator) {
                at++;
                continue;
            }
            endLine();
            return Optional.of(new Row(first, cells));
        }
    }

    private Optional<String> cell() {
        int begin = at;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        at = begin;
        while (at < text.length() && text.charAt(at) != separator && !isLineEnd()) {
            at++;
        }
        return Optional.of(text.substring(begin, at).strip());
    }

    private Optional<String> quoted() {
        int first = line;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                if (at < text.length() && text.charAt(at) == '"') {
                    value.append('"');
                    at++;
                    continue;
                }
                while (at < text.length() && text.charAt(at) == ' ') {
                    at++;
                }
                if (at == text.length() || text.charAt(at) == separator || isLineEnd()) {
                    return Optional.of(value.toString());
                }
                log.add(
                        file,
                        line,
                        Character.toString(text.charAt(at)),
                        "After a closing quotation mark stands %s."
                                .formatted(ProblemLog.quote(Character.toString(text.charAt(at)))),
                        "Maybe double the quotation marks inside the value.");
                return Optional.empty();
            }
            if (c == '\n') {
                line++;
            }
            value.append(c);
        }
        log.add(
                file,
                first,
                value.toString(),
                "The quotation mark is never closed.",
                "Maybe double the quotation marks inside the value.");
        return Optional.empty();
    }

    private boolean isLineEnd() {
        char c = text.charAt(at);
        return c == '\n' || c == '\r' && (at + 1 == text.length() || text.charAt(at + 1) == '\n');
    }

    private void endLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
            line++;
        }
    }

    private record Row(int line, List<String> cells) {}
}
