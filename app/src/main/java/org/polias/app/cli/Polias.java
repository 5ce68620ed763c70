// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code ./polias}: every verb, and how a failed one speaks to the one who typed it. */
@Command(
        name = "polias",
        versionProvider = Polias.Version.class,
        description = "An open city-safety platform: sensors in, explained incidents out.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        footer = {
            "  test        Build and run all tests.",
            "",
            "Exit codes:",
            "  0  It was done.",
            "  1  It was tried and failed, or what was checked is not in order.",
            "  2  The command line was not understood.",
            "  3  There is no JDK 25, or nothing to build with.",
            "  4  The tests lack something that could not be installed.",
            "  5  The platform is not running, or does not answer.",
            "  6  The platform refused.",
            "  7  The platform cannot start: a port or the data directory is in use, the",
            "     configuration is not in order.",
            "",
            "Begin with './polias up'. Each verb has --help."
        })
public final class Polias extends VerbGroup {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            hidden = true,
            description = "Show where a failure comes from (also with POLIAS_DEBUG=1).")
    private boolean stackTrace;

    private Polias() {}

    /** Runs one command line with what this application is composed of, and ends the process. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Composition.actions()).execute(arguments));
    }

    /** The whole command line. */
    static CommandLine commandLine(Actions actions) {
        CommandLine line = new CommandLine(new Polias())
                .addSubcommand(new UpCommand(actions.up()))
                .addSubcommand(new StatusCommand())
                .addSubcommand(new ExerciseCommand())
                .addSubcommand(new DeviceCommand())
                .addSubcommand(new UserCommand())
                .addSubcommand(new QuarantineCommand())
                .addSubcommand(new CityCommand(actions.cityCheck()))
                .addSubcommand(new LogCommand(actions.logExport()))
                .addSubcommand(new ReplayCommand(actions.replay()))
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new PlanCommand())
                .addSubcommand(new ListenCommand())
                .addSubcommand(new TrainCommand())
                .addSubcommand(new LocateCommand())
                .addSubcommand(new FuseCommand())
                .addSubcommand(new ClipCommand())
                .addSubcommand(new EvaluateCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new WarmUpCommand(actions.warmUp()));
        return configured(line);
    }

    /** The manners that every command of ours has. */
    static CommandLine configured(CommandLine line) {
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(new MisunderstoodHandler())
                .setExecutionExceptionHandler(new FailureHandler());
    }

    /** The version that the build wrote into the archive. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Polias.class.getPackage().getImplementationVersion();
            return new String[] {version == null ? "polias (not packaged)" : "polias " + version};
        }
    }

    /** Says what was not understood, what may have been meant, and where to read on; not the whole help. */
    private static final class MisunderstoodHandler implements IParameterExceptionHandler {
        @Override
        public int handleParseException(ParameterException fault, String[] arguments) {
            CommandLine line = fault.getCommandLine();
            CommandSpec spec = line.getCommandSpec();
            PrintWriter err = line.getErr();
            if (fault instanceof UnmatchedArgumentException unmatched
                    && !line.getSubcommands().isEmpty()
                    && !unmatched.isUnknownOption()) {
                err.printf(
                        "'%s' has no verb '%s'.%n",
                        spec.qualifiedName(), unmatched.getUnmatched().getFirst());
                err.printf("Maybe %s%n", advice(unmatched.getSuggestions(), spec));
            } else {
                err.println(fault.getMessage());
                List<String> meant =
                        fault instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
                err.printf("Maybe %s%n", advice(meant, spec));
            }
            err.flush();
            return ExitCode.USAGE;
        }

        private static String advice(List<String> meant, CommandSpec spec) {
            return meant.isEmpty()
                    ? "see './%s --help'.".formatted(spec.qualifiedName())
                    : "you mean '%s'; see './%s --help'.".formatted(meant.getFirst(), spec.qualifiedName());
        }
    }

    /** Says what went wrong and what to do about it; where it comes from only when asked. */
    private static final class FailureHandler implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception fault, CommandLine line, ParseResult parsed) {
            PrintWriter err = line.getErr();
            int exitCode;
            if (fault instanceof ParameterException misunderstood) {
                return new MisunderstoodHandler().handleParseException(misunderstood, new String[0]);
            } else if (fault instanceof CommandFailed failure) {
                err.println(failure.getMessage());
                exitCode = failure.exitCode();
            } else {
                Throwable cause = fault instanceof UncheckedIOException unchecked ? unchecked.getCause() : fault;
                err.printf("'%s' failed: %s%n", line.getCommandSpec().qualifiedName(), Faults.reason(cause));
                if (!(cause instanceof IOException)) {
                    err.println("Maybe run it again with --stacktrace, and report what it shows.");
                }
                exitCode = ExitCode.FAILED;
            }
            if (isTraceWanted(line, System.getenv())) {
                fault.printStackTrace(err);
            }
            err.flush();
            return exitCode;
        }

        private static boolean isTraceWanted(CommandLine line, Map<String, String> environment) {
            CommandSpec root = line.getCommandSpec().root();
            return root.userObject() instanceof Polias polias && polias.stackTrace
                    || "1".equals(environment.get("POLIAS_DEBUG"));
        }
    }
}
