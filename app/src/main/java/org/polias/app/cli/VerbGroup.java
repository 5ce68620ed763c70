// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing itself, but has verbs. */
abstract class VerbGroup implements Runnable {

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "'%s' needs a verb.".formatted(spec.qualifiedName()));
    }
}
