// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.time.Instant;

import org.polias.app.city.Problem;
import org.polias.app.fusion.DetectionReader;
import org.polias.app.fusion.FusionRun;
import org.polias.app.fusion.SiteBook;
import org.polias.app.fusion.TruthReader;
import org.polias.bench.fusion.FusionScore;
import org.polias.model.detection.Detection;
import org.polias.model.event.SiteOutcome;

/** Compares what fusion makes of a file of detections with a file of truth. */
final class FusionEvaluation {

    private static final int MOST_SAID = 50;

    private FusionEvaluation() {}

    /** The score of a file; what is wrong in it is said, and the rest counts. */
    static FusionScore of(String file, String truthFile, PrintWriter err) throws IOException {
        TruthReader truth = new TruthReader();
        try (BufferedReader in = new BufferedReader(FuseCommand.open(truthFile))) {
            truth.read(truthFile, in);
        }
        if (!truth.problems().isEmpty()) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    String.join("\n", truth.problems().stream().limit(MOST_SAID).toList()));
        }
        FusionScore score = new FusionScore(truth.incidents(), truth.liars());
        SiteBook sites = new SiteBook();
        FusionRun run = new FusionRun(sites, new FusionRun.Watcher() {
            @Override
            public void claimed(Detection detection, Instant at) {
                score.detected(detection, at);
            }

            @Override
            public void came(SiteOutcome outcome, Instant at) {
                score.on(at, outcome);
            }
        });
        int[] wrong = {0};
        try (Reader in = FuseCommand.open(file)) {
            new DetectionReader(file, sites).read(in, run::accept, (Problem problem) -> {
                if (wrong[0]++ < MOST_SAID) {
                    err.println(problem.render());
                }
            });
        }
        if (wrong[0] > MOST_SAID) {
            err.printf("and %d more.%n", wrong[0] - MOST_SAID);
        }
        err.flush();
        run.end();
        return score;
    }
}
