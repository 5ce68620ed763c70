// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.util.Locale;
import java.util.stream.Collectors;

import org.polias.simulate.api.UnusableInput;

/** Says what is wrong with a scene. */
final class Problems {

    private Problems() {}

    static CommandFailed failed(String scene, UnusableInput fault) {
        return new CommandFailed(
                ExitCode.FAILED,
                "%s cannot be simulated:%n%s"
                        .formatted(
                                scene,
                                fault.problems().stream()
                                        .map(each -> "%s (%s): %s"
                                                .formatted(
                                                        each.subject(),
                                                        each.kind()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT)
                                                                .replace('_', '-'),
                                                        each.text()))
                                        .collect(Collectors.joining("\n"))),
                fault);
    }
}
