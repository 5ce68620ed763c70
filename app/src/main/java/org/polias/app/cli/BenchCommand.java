// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.app.cli.UpOptions.Durability;
import org.polias.app.listening.ModelFiles;
import org.polias.bench.Figures;
import org.polias.bench.acoustics.AcousticsBench;
import org.polias.bench.crowd.CrowdBench;
import org.polias.bench.fusion.FusionBench;
import org.polias.bench.ingest.IngestBench;
import org.polias.bench.ingest.IngestResult;
import org.polias.bench.ingest.IngestSettings;
import org.polias.bench.ingest.Rate;
import org.polias.fuse.DefaultFusion;
import org.polias.perceive.acoustics.Classifiers;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.UnusableModel;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code polias bench}: how fast it is here. */
@Command(name = "bench", description = "Measure how fast the platform is on this machine.")
final class BenchCommand extends VerbGroup {

    private static final int DEFAULT_SECONDS = 30;

    @Command(
            name = "ingest",
            description = {
                "Measure what the platform takes in, and how fast an operator sees it.",
                "Starts a platform of its own on an empty directory and free ports, publishes observations to it over MQTT"
                        + " with quality of service 1, awaits on the console's socket the incidents that bangs among them"
                        + " cause, and removes everything again."
            },
            footer = {
                "",
                "rate_per_s   acknowledged observations a second",
                "sent, acked, stored   observations sent, acknowledged, and found in the store",
                "latency_*_ms   from when a bang was to be sent to the arrival of its incident on the console's socket",
                "cpu_s, rss_mb   processor time of the platform with its database; resident memory of its process",
                "stored_per_s   stored observations a second, until the last was stored",
                "latency_p99_ratio   of a flood: beside it to alone; _low, _high: its interval of 90 %% (block bootstrap)"
            })
    int ingest(
            @Option(
                            names = "--rate",
                            paramLabel = "N|max",
                            split = ",",
                            converter = RateConverter.class,
                            defaultValue = "10000",
                            description = "Observations a second, or as fast as it goes; several with commas,"
                                    + " measured one after the other (default: ${DEFAULT-VALUE}).")
                    List<Rate> rates,
            @Option(
                            names = "--seconds",
                            paramLabel = "S",
                            defaultValue = "" + DEFAULT_SECONDS,
                            description = "How long to measure each (default: ${DEFAULT-VALUE}).")
                    int seconds,
            @Option(
                            names = "--warmup",
                            paramLabel = "S",
                            defaultValue = "20",
                            description = "How long to warm up before each (default: ${DEFAULT-VALUE}).")
                    int warmup_s,
            @Option(
                            names = "--connections",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "Devices that deliver at once (default: ${DEFAULT-VALUE}).")
                    int connections,
            @Option(
                            names = "--in-flight",
                            paramLabel = "N",
                            defaultValue = "500",
                            description = "Observations that a device may have sent without an acknowledgement"
                                    + " (default: ${DEFAULT-VALUE}).")
                    int inFlight,
            @Option(
                            names = "--durability",
                            paramLabel = "LEVEL",
                            defaultValue = "power",
                            description = "power or process, as of './polias up' (default: ${DEFAULT-VALUE}).")
                    Durability durability,
            @Option(
                            names = "--flood",
                            description = "Measure one device's latency alone and beside another that offers --rate, in"
                                    + " turn, for --seconds each; --connections says nothing then.")
                    boolean flood,
            @Option(
                            names = "--rounds",
                            paramLabel = "N",
                            defaultValue = "5",
                            description =
                                    "With --flood: how often alone and beside the flood (default: ${DEFAULT-VALUE}).")
                    int rounds,
            @Option(
                            names = "--flood-connections",
                            paramLabel = "N",
                            defaultValue = "4",
                            description = "With --flood: connections of the flooding device, which share --rate"
                                    + " (default: ${DEFAULT-VALUE}).")
                    int floodConnections,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "A configuration file for the platform, as of './polias up'.")
                    Optional<Path> config,
            @Option(
                            names = "--work",
                            paramLabel = "DIR",
                            description = "Where to put the platform's data meanwhile; its disk is what is measured"
                                    + " (default: bench/target beside ./polias).")
                    Optional<Path> work,
            @Option(names = "--json", description = "Print one JSON object for each rate, a line each.") boolean json)
            throws IOException, InterruptedException {
        IngestSettings settings;
        try {
            settings = new IngestSettings(
                    rates,
                    seconds,
                    warmup_s,
                    connections,
                    inFlight,
                    durability.name().toLowerCase(Locale.ROOT),
                    flood ? Optional.of(new IngestSettings.Flood(rounds, floodConnections)) : Optional.empty(),
                    up(config),
                    work.orElseGet(() -> Home.directory().resolve("bench/target")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.subcommands().get("ingest"), e.getMessage(), e);
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = Home.isWatched() ? line -> println(err, line) : _ -> {};
        List<IngestResult> results =
                new IngestBench(settings, progress).run(json ? result -> println(out, result.json()) : _ -> {});
        if (!json) {
            IngestResult.printTable(results, out);
        }
        return ExitCode.DONE;
    }

    private static List<String> up(Optional<Path> config) {
        List<String> command =
                new ArrayList<>(List.of(Home.directory().resolve("polias").toString(), "up"));
        config.ifPresent(
                file -> command.addAll(List.of("--config", file.toAbsolutePath().toString())));
        return command;
    }

    @Command(
            name = "acoustics",
            description = {
                "Measure how many microphones one processor core listens to in real time.",
                "In a calm street, where hardly anything stands out, and where something happens all the time."
            },
            footer = {
                "",
                "microphones_calm, microphones_busy   how many one core follows",
                "ms_per_s_*      processor time for a second of one microphone's sound, and its parts",
                "events_per_s_*, classified_per_s_*   what was heard and classified, a second of one microphone's sound",
                "onset_ms, log_mel_ms, classify_ms    processor time of one call"
            })
    int acoustics(
            @Option(
                            names = "--model",
                            paramLabel = "FILE",
                            description = "Classify with this model, as of './polias listen', instead of ours.")
                    Optional<Path> model,
            @Option(names = "--classes", paramLabel = "FILE", description = "The model's class map.")
                    Optional<Path> classes,
            @Option(
                            names = "--microphones",
                            paramLabel = "N",
                            defaultValue = "64",
                            description = "How many to follow at once (default: ${DEFAULT-VALUE}).")
                    int microphones,
            @Option(
                            names = "--seconds",
                            paramLabel = "S",
                            defaultValue = "60",
                            description = "How much sound of each to measure (default: ${DEFAULT-VALUE}).")
                    int seconds,
            @Option(names = "--json", description = "Print one JSON object.") boolean json)
            throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = Home.isWatched() ? line -> println(err, line) : _ -> {};
        try (SoundClassifier classifier =
                model.isPresent() ? ModelFiles.open(model.get(), classes) : Classifiers.shipped()) {
            Figures result = new AcousticsBench(classifier, microphones, seconds, progress).run();
            if (json) {
                println(out, result.json());
            } else {
                result.print(out);
            }
        } catch (UnusableModel e) {
            throw new CommandFailed(ExitCode.FAILED, e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.subcommands().get("acoustics"), e.getMessage(), e);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "crowd",
            description = {
                "Measure how fast a crowd is simulated.",
                "A full hall of 120 x 90 m in a district of streets of 10 m is left by all who are in it, with the settings that"
                        + " './polias evaluate crowd' is run with. More people than fit get a larger hall in a larger district."
            },
            footer = {
                "",
                "realtime_factor   simulated time over wall time, until the last is out or 25 s have been measured",
                "agent_seconds_per_s   simulated seconds of all people who are on the ground, in a second of wall time",
                "step_s   the time step",
                "prepared_s   wall time for making the ground ready: mending, distances to twelve exits"
            })
    int crowd(
            @Option(
                            names = "--agents",
                            paramLabel = "N",
                            defaultValue = "15000",
                            description = "People (default: ${DEFAULT-VALUE}).")
                    int agents,
            @Option(
                            names = "--threads",
                            paramLabel = "T",
                            description = "Threads that compute (default: as many as there are processors).")
                    Optional<Integer> threads,
            @Option(names = "--json", description = "Print one JSON object.") boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = Home.isWatched() ? line -> println(err, line) : _ -> {};
        CrowdBench bench;
        try {
            bench = new CrowdBench(
                    agents, threads.orElseGet(() -> Runtime.getRuntime().availableProcessors()), progress);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.subcommands().get("crowd"), e.getMessage(), e);
        }
        IngestResult result = new IngestResult(bench.run());
        if (json) {
            println(out, result.json());
        } else {
            IngestResult.printTable(List.of(result), out);
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "fusion",
            description = {
                "Measure how fast detections are fused into incidents, on one core.",
                "One site with so many live incidents, each of twenty sensors behind four gateways that go on reporting it; 2 %% of"
                        + " the claims belong to nothing."
            },
            footer = {
                "",
                "detections_per_s   detections in a second of the thread's processor time; what comes of them is made, and dropped",
                "worst_step_ms, step_p99_us, step_p9999_us   wall time of a step, whatever else the machine did",
                "events_per_detection   changes of incidents that were given out, per detection",
                "heap_mb   heap in use afterwards"
            })
    int fusion(
            @Option(
                            names = "--incidents",
                            paramLabel = "N",
                            split = ",",
                            defaultValue = "10,50,200",
                            description = "Live incidents; several with commas (default: ${DEFAULT-VALUE}).")
                    List<Integer> incidents,
            @Option(
                            names = "--seconds",
                            paramLabel = "S",
                            defaultValue = "10",
                            description = "How long to measure each (default: ${DEFAULT-VALUE}).")
                    double seconds,
            @Option(names = "--json", description = "Print one JSON object for each, a line each.") boolean json) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> progress = Home.isWatched() ? line -> println(err, line) : _ -> {};
        for (int each : incidents) {
            FusionBench bench;
            try {
                bench = new FusionBench(each, seconds, Math.max(5, seconds / 2), progress);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.subcommands().get("fusion"), e.getMessage(), e);
            }
            Figures result = bench.run(new DefaultFusion());
            if (json) {
                println(out, result.json());
            } else {
                result.print(out);
                println(out, "");
            }
        }
        return ExitCode.DONE;
    }

    private static void println(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    /** A rate. */
    static final class RateConverter implements ITypeConverter<Rate> {
        @Override
        public Rate convert(String value) {
            try {
                return Rate.parse(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
