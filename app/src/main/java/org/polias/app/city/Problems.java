// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.List;

/**
 * All that is wrong with a city's files, in the order of file and line.
 *
 * @param city the folder, as it was named
 */
public record Problems(String city, List<Problem> list) {

    /** How many are printed; someone who repairs the first hundred sees the rest at the next try. */
    private static final int MAX_RENDERED = 100;

    public Problems {
        list = list.stream().sorted().distinct().toList();
    }

    /** All of them as people read them, under one headline. */
    public String render() {
        StringBuilder text = new StringBuilder();
        text.append("The city in %s cannot be loaded: %s.\n"
                .formatted(city, list.size() == 1 ? "1 problem" : list.size() + " problems"));
        list.stream().limit(MAX_RENDERED).forEach(problem -> text.append(problem.render())
                .append('\n'));
        if (list.size() > MAX_RENDERED) {
            text.append("and %d more.%n".formatted(list.size() - MAX_RENDERED));
        }
        return text.toString();
    }
}
