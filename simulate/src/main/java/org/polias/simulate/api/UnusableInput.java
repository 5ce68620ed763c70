// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.api;

import java.util.List;
import java.util.stream.Collectors;

/** A scene or scenario with which nothing sensible can be computed; carries all that is wrong with it. */
public final class UnusableInput extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public UnusableInput(List<Problem> problems) {
        super(problems.stream().map(each -> each.subject() + ": " + each.text()).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
