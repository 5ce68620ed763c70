// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.util.ArrayList;
import java.util.List;

/**
 * A matrix of risk (ISO 31000; IEC 31010, B.10.3): rows of likelihood, columns of consequence, in each cell a level. More of either
 * never lowers the level.
 *
 * @param likelihoods from which probability on each row holds, growing; the first is 0
 * @param consequences from how many people seriously harmed on, if it is true, each column holds, growing; the first is 0
 * @param levels a list for each row, with a level for each column
 */
public record CriticalityMatrix(
        List<Double> likelihoods, List<Double> consequences, List<List<CriticalityLevel>> levels) {

    /**
     * Decades of consequence; what is improbable (below 10 %) never makes more than MEDIUM, what is no more probable than not never
     * more than HIGH.
     */
    public static final CriticalityMatrix DEFAULT = new CriticalityMatrix(
            List.of(0.0, 0.01, 0.1, 0.5),
            List.of(0.0, 0.01, 0.1, 1.0, 10.0, 100.0),
            List.of(
                    row("NNNNLM"), //
                    row("NNLLMM"),
                    row("NNLMHH"),
                    row("NLMHCC")));

    /** @throws IllegalArgumentException if a size does not fit, the bounds do not grow from 0 on, or a level falls */
    public CriticalityMatrix {
        likelihoods = List.copyOf(likelihoods);
        consequences = List.copyOf(consequences);
        levels = levels.stream().map(List::copyOf).toList();
        List<String> problems = problems(likelihoods, consequences, levels);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
    }

    /** What is wrong with a matrix of these parts, a sentence each; nothing if it is one. */
    public static List<String> problems(
            List<Double> likelihoods, List<Double> consequences, List<List<CriticalityLevel>> levels) {
        List<String> problems = new ArrayList<>();
        growing("likelihoods", likelihoods, problems);
        growing("consequences", consequences, problems);
        if (levels.size() != likelihoods.size()) {
            problems.add("The matrix has %d rows for %d likelihoods.".formatted(levels.size(), likelihoods.size()));
        }
        for (int row = 0; row < levels.size(); row++) {
            List<CriticalityLevel> cells = levels.get(row);
            if (cells.size() != consequences.size()) {
                problems.add("Row %d of the matrix has %d levels for %d consequences."
                        .formatted(row + 1, cells.size(), consequences.size()));
                continue;
            }
            for (int column = 0; column < cells.size(); column++) {
                CriticalityLevel here = cells.get(column);
                if (column > 0 && here.compareTo(cells.get(column - 1)) < 0) {
                    problems.add("Row %d of the matrix falls to %s in column %d: more harm would matter less."
                            .formatted(row + 1, here, column + 1));
                }
                if (row > 0
                        && column < levels.get(row - 1).size()
                        && here.compareTo(levels.get(row - 1).get(column)) < 0) {
                    problems.add("Column %d of the matrix falls to %s in row %d: what is likelier would matter less."
                            .formatted(column + 1, here, row + 1));
                }
            }
        }
        return problems;
    }

    /** The row in which a probability lies, from 0. */
    public int row(double likelihood) {
        return last(likelihoods, likelihood);
    }

    /** The column in which a consequence lies, from 0. */
    public int column(double consequence) {
        return last(consequences, consequence);
    }

    public CriticalityLevel level(int row, int column) {
        return levels.get(row).get(column);
    }

    /** The level of what is so probable and would harm so many. */
    public CriticalityLevel level(double likelihood, double consequence) {
        return level(row(likelihood), column(consequence));
    }

    private static int last(List<Double> bounds, double value) {
        int index = bounds.size() - 1;
        while (index > 0 && value < bounds.get(index)) {
            index--;
        }
        return index;
    }

    private static void growing(String name, List<Double> bounds, List<String> problems) {
        if (bounds.isEmpty() || bounds.getFirst() != 0) {
            problems.add("The %s of the matrix are %s; they begin with 0.".formatted(name, bounds));
        }
        for (int i = 1; i < bounds.size(); i++) {
            if (!(bounds.get(i) > bounds.get(i - 1))) {
                problems.add("The %s of the matrix do not grow: %s follows %s."
                        .formatted(name, bounds.get(i), bounds.get(i - 1)));
            }
        }
    }

    private static List<CriticalityLevel> row(String initials) {
        return initials.chars()
                .mapToObj(initial -> switch (initial) {
                    case 'L' -> CriticalityLevel.LOW;
                    case 'M' -> CriticalityLevel.MEDIUM;
                    case 'H' -> CriticalityLevel.HIGH;
                    case 'C' -> CriticalityLevel.CRITICAL;
                    default -> CriticalityLevel.NEGLIGIBLE;
                })
                .toList();
    }
}
