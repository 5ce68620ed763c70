// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.polias.app.listening.AudioPaths;
import org.polias.app.listening.FileListener;
import org.polias.app.listening.FileReport;
import org.polias.app.listening.ModelFiles;
import org.polias.app.listening.ReportJson;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.perceive.acoustics.Classifiers;
import org.polias.perceive.acoustics.ListenerSettings;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.Unclassified;
import org.polias.perceive.acoustics.UnusableModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polias listen}: what is heard in recorded sound. */
@Command(
        name = "listen",
        description = {
            "Listen to files of sound, with no server, and print what stands out in them.",
            "Every format that FFmpeg reads, at any sample rate. Folders are searched with all their folders; what is no sound in"
                    + " them is passed over, unless it is called like it."
        },
        footer = {
            "",
            "onset       seconds from the beginning of the file to the sound's first arrival",
            "level       the highest A-weighted level with fast time weighting, dB re full scale; or dB SPL with --full-scale",
            "SNR         by how many dB the loudest 10 ms stand out of the background",
            "",
            "Exit code 1 if there is a file that could not be listened to, or none at all."
        })
final class ListenCommand implements Callable<Integer> {

    /** How long a sound is followed for its duration. */
    private static final Duration FOLLOWED = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders.")
    private List<Path> paths;

    @Option(
            names = "--model",
            paramLabel = "FILE",
            description =
                    "Classify with this model instead of ours: one that './polias train acoustics' wrote, or any in ONNX"
                            + " that was trained on AudioSet, as YAMNet is.")
    private Optional<Path> model;

    @Option(
            names = "--classes",
            paramLabel = "FILE",
            description = "The model's class map, CSV with a column display_name"
                    + " (default: the file *_class_map.csv beside the model).")
    private Optional<Path> classes;

    @Option(
            names = "--full-scale",
            paramLabel = "DB",
            description =
                    "The sound pressure level, dB re 20 uPa, of sound whose root mean square is 1: levels are then dB SPL.")
    private Optional<Double> fullScale_dB;

    @Option(
            names = "--all",
            description = "Classify all of the sound as well, in windows of 0.975 s that overlap by half.")
    private boolean all;

    @Option(names = "--json", description = "Print one JSON object for each file, a line each.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (classes.isPresent() && model.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--classes is the class map of --model, which is missing.");
        }
        List<AudioPaths.Candidate> candidates = AudioPaths.expand(paths);
        ListenerSettings settings = ListenerSettings.STANDARD.following(FOLLOWED);
        if (fullScale_dB.isPresent()) {
            settings = settings.calibrated(fullScale_dB.get());
        }
        try (SoundClassifier classifier = classifier()) {
            return listen(candidates, new FileListener(classifier, settings, all), classifier.name());
        } catch (UnusableModel e) {
            throw new CommandFailed(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    private SoundClassifier classifier() throws IOException {
        return model.isPresent() ? ModelFiles.open(model.get(), classes) : Classifiers.shipped();
    }

    private int listen(List<AudioPaths.Candidate> candidates, FileListener listener, String classifier) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err, candidates.size());
        Table table = new Table(
                "FILE",
                "ONSET s",
                "CLASS",
                "P",
                "CALLED",
                fullScale_dB.isPresent() ? "dB(A)" : "dBFS(A)",
                "SNR dB",
                "LASTS s");
        int listened = 0;
        int events = 0;
        int failed = 0;
        int passedOver = 0;
        for (AudioPaths.Candidate candidate : candidates) {
            progress.next(candidate.file());
            FileReport report = listener.listen(candidate.file(), progress::at);
            progress.clear();
            if (report.isNoAudio() && !candidate.isMeant()) {
                passedOver++;
                continue;
            }
            report.fault().ifPresent(fault -> {
                err.printf("%s: %s%n", candidate.file(), fault.message());
                err.flush();
            });
            failed += report.isFailed() ? 1 : 0;
            listened += report.isFailed() ? 0 : 1;
            events += report.events().size();
            if (json) {
                out.println(ReportJson.line(report, classifier));
                out.flush();
            } else {
                addRows(table, report, !classifier.equals(Unclassified.NAME));
            }
        }
        if (!json) {
            table.print(out, "Nothing stands out.");
            out.flush();
        }
        err.printf(
                Locale.ROOT,
                "%d %s, %d %s, classified by %s%s%s%n",
                listened,
                listened == 1 ? "file" : "files",
                events,
                events == 1 ? "event" : "events",
                classifier,
                failed == 0 ? "" : "; %d could not be listened to".formatted(failed),
                passedOver == 0 ? "" : "; %d hold no sound".formatted(passedOver));
        err.flush();
        return failed > 0 || listened == 0 ? ExitCode.FAILED : ExitCode.DONE;
    }

    private static void addRows(Table table, FileReport report, boolean isClassified) {
        List<Boolean> called = report.calledShots();
        for (int i = 0; i < called.size(); i++) {
            FileReport.Event event = report.events().get(i);
            SoundEvent heard = event.heard();
            SoundClass best = ReportJson.best(heard.probabilities());
            table.row(
                    report.file(),
                    number(event.onset_s(), 3),
                    isClassified ? best.code() : "",
                    isClassified ? number(heard.probabilities().get(best), 2) : "",
                    called.get(i) ? "shot" : "",
                    number(heard.level_dB(), 1),
                    number(heard.snr_dB(), 1),
                    number(heard.duration_s(), 2));
        }
        for (FileReport.Window window : report.windows()) {
            SoundClass best = ReportJson.best(window.probabilities());
            table.row(
                    report.file(),
                    number(window.begin_s(), 3),
                    "(%s)".formatted(best.code()),
                    number(window.probabilities().get(best), 2),
                    "",
                    number(window.level_dB(), 1),
                    "",
                    "");
        }
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    /** How far it has come, on one line of a terminal. */
    private static final class Progress {
        private final PrintWriter err;
        private final int files;
        private final boolean isWatched = Home.isWatched();
        private int file;
        private String name = "";
        private int shown;

        Progress(PrintWriter err, int files) {
            this.err = err;
            this.files = files;
        }

        void next(Path path) {
            file++;
            name = String.valueOf(path.getFileName());
            at(0);
        }

        void at(double seconds) {
            if (isWatched && (int) seconds % 10 == 0) {
                String line = "%d of %d, %s, %d s".formatted(file, files, name, (int) seconds);
                err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
                err.flush();
                shown = line.length();
            }
        }

        void clear() {
            if (isWatched) {
                err.print("\r" + " ".repeat(shown) + "\r");
                err.flush();
                shown = 0;
            }
        }
    }
}
