// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.Comparator;

/**
 * Something wrong with a city's files.
 *
 * @param file the file's name within the folder, or the folder itself
 * @param line the line, counted from 1; 0 where the whole file is meant
 * @param value what stands there, shortened; empty where something is missing
 * @param message what is wrong, a sentence with names and values
 * @param advice what may help, a sentence that begins with "Maybe"; empty where there is none
 */
public record Problem(String file, int line, String value, String message, String advice)
        implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::file)
            .thenComparingInt(Problem::line)
            .thenComparing(Problem::message)
            .thenComparing(Problem::value)
            .thenComparing(Problem::advice);

    /** The problem as people read it: place, sentence, and the advice on a line of its own. */
    public String render() {
        String place = line == 0 ? file : file + ":" + line;
        return place + ": " + message + (advice.isEmpty() ? "" : "\n    " + advice);
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }
}
