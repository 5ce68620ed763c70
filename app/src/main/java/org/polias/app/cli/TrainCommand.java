// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.polias.app.acoustics.AcousticsTraining;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polias train}: what the platform knows by heart, learnt again. */
@Command(name = "train", description = "Teach a model that the platform comes with.")
final class TrainCommand extends VerbGroup {

    @Command(
            name = "acoustics",
            description = {
                "Teach the classifier of sounds, and write its file.",
                "It learns from computed sounds, and from recordings in DIR: those that corpus.csv lists. The same recordings and the same"
                        + " seed give the same file, to the bit."
            },
            footer = {"", "'./polias evaluate acoustics DIR --model FILE' tells how good it became."})
    int acoustics(
            @Parameters(paramLabel = "DIR", description = "The folder with the recordings.") Path directory,
            @Option(
                            names = "--seed",
                            paramLabel = "N",
                            defaultValue = "" + AcousticsTraining.SEED,
                            description = "Of all chance in it (default: ${DEFAULT-VALUE}).")
                    long seed,
            @Option(
                            names = "--steps",
                            paramLabel = "N",
                            defaultValue = "" + AcousticsTraining.STEPS,
                            description = "How long to learn (default: ${DEFAULT-VALUE}).")
                    int steps,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            defaultValue = "acoustics.onnx",
                            description = "Where to write it (default: ${DEFAULT-VALUE}).")
                    Path out)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = line -> {
            if (Home.isWatched()) {
                err.println(line);
                err.flush();
            }
        };
        spec.commandLine().getOut().println(AcousticsTraining.run(directory, seed, steps, out, progress));
        return ExitCode.DONE;
    }
}
