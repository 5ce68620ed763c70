// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayList;
import java.util.List;

/** Where the readers put what they find wrong, so that one run finds everything. */
public final class ProblemLog {

    private static final int MAX_VALUE_LENGTH = 120;
    /** More than anyone reads; a bound, so that a hostile file cannot fill the memory with complaints. */
    private static final int MAX_PROBLEMS = 10_000;

    private final List<Problem> problems = new ArrayList<>();

    public void add(String file, int line, String value, String message, String advice) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new Problem(file, line, shorten(value), message, advice));
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> list() {
        return List.copyOf(problems);
    }

    /** A value in a form that is fit for a sentence: one line, not long, no control characters. */
    public static String shorten(String value) {
        StringBuilder text = new StringBuilder(Math.min(value.length(), MAX_VALUE_LENGTH) + 3);
        for (int i = 0; i < value.length() && i < MAX_VALUE_LENGTH; i++) {
            char c = value.charAt(i);
            text.append(Character.isISOControl(c) ? ' ' : c);
        }
        return value.length() > MAX_VALUE_LENGTH ? text.append("...").toString() : text.toString();
    }

    /** A value between quotation marks. */
    public static String quote(String value) {
        return '"' + shorten(value) + '"';
    }
}
