// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import org.polias.app.cli.UpOptions.Durability;
import org.polias.app.cli.UpOptions.FollowedFile;
import org.polias.model.id.DatastreamId;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code polias up}: the whole platform in one process. */
@Command(
        name = "up",
        description = "Start the platform, with a pilot city living in it.",
        footer = {
            "",
            "Prints a line 'ready URL' on standard output when it can be used, and stops on SIGTERM or Ctrl-C.",
            "The password of --database is taken from the environment: " + UpCommand.DATABASE_PASSWORD + "."
        })
public final class UpCommand implements Callable<Integer> {

    static final String DATABASE_PASSWORD = "POLIAS_DATABASE_PASSWORD";

    /** The pilot that runs where nothing else is asked for. */
    public static final String DEFAULT_PILOT = "pilsen";

    @Spec
    private CommandSpec spec;

    @CommandLine.Mixin
    private DataDirectory data;

    @Option(names = "--city", paramLabel = "DIR", description = "Load the city in this folder instead of a pilot's.")
    private Optional<Path> city = Optional.empty();

    @Option(
            names = "--pilot",
            paramLabel = "NAME",
            description = "The pilot city whose simulated world is started (default: " + DEFAULT_PILOT
                    + ", or none with --city).")
    private Optional<String> pilot = Optional.empty();

    @Option(names = "--no-pilot", description = "Start no simulated world.")
    private boolean noPilot;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the console and the API (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            defaultValue = "1883",
            description = "Port for devices that speak MQTT (default: ${DEFAULT-VALUE}).")
    private int mqttPort;

    @Option(
            names = "--sound-port",
            paramLabel = "PORT",
            description = "Port for microphones that send their sound over TCP, without TLS (default: none).")
    private Optional<Integer> soundPort = Optional.empty();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address on which to listen (default: ${DEFAULT-VALUE}, this machine only).")
    private String bind;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Speak TLS (1.2 or newer) on both ports, with this certificate: PEM, the server's own first,"
                    + " then those that signed it.")
    private Optional<Path> tlsCertificate = Optional.empty();

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's key: PEM, PKCS#8, without a password.")
    private Optional<Path> tlsKey = Optional.empty();

    @Option(
            names = "--durability",
            paramLabel = "LEVEL",
            defaultValue = "power",
            description = "What an acknowledged observation survives: power (loss of power) or process (kill -9)"
                    + " (default: ${DEFAULT-VALUE}).")
    private Durability durability;

    @Option(
            names = "--kafka",
            paramLabel = "SERVERS",
            description = "Bootstrap servers of your own Kafka (default: a broker inside the process).")
    private Optional<String> kafka = Optional.empty();

    @Option(
            names = "--database",
            paramLabel = "JDBC-URL",
            description = "Your own PostgreSQL (default: one that the process starts).")
    private Optional<String> database = Optional.empty();

    @Option(names = "--database-user", paramLabel = "NAME", description = "The user for --database.")
    private Optional<String> databaseUser = Optional.empty();

    @Option(
            names = "--follow-eve",
            paramLabel = "DATASTREAM=FILE",
            converter = FollowedFileConverter.class,
            description = "Follow a Suricata EVE file; may be given more than once.")
    private List<FollowedFile> followed = new ArrayList<>();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the log, when it is created: as many sites can be worked on at once.")
    private @Nullable Integer partitions;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file: these options without dashes (http-port=8080), and polias.* and quarkus.*"
                    + " settings. The command line wins.")
    private Optional<Path> config = Optional.empty();

    private final Actions.Up action;

    UpCommand(Actions.Up action) {
        this.action = action;
    }

    @Override
    public Integer call() throws Exception {
        return action.run(options(System.getenv()));
    }

    /** All that was asked for, the configuration file included. */
    UpOptions options(Map<String, String> environment) {
        if (config.isEmpty()) {
            return options(environment, Map.of());
        }
        Path file = config.get();
        Map<String, String> own = new TreeMap<>();
        Map<String, String> passedOn = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        for (Map.Entry<String, String> entry : entries(file).entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("polias.") || key.startsWith("quarkus.")) {
                passedOn.put(key, entry.getValue());
            } else if (!key.equals("config") && spec.findOption("--" + key) != null) {
                own.put(key, entry.getValue());
            } else {
                problems.add("%s: there is no setting '%s'.".formatted(file, key));
            }
        }
        if (!problems.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    String.join(System.lineSeparator(), problems)
                            + "%nMaybe see './polias up --help' for the names; those of polias.* and quarkus.* are passed on."
                                    .formatted());
        }
        // Read the command line once more, over the file's values: so both are converted and checked by the same rules.
        UpCommand merged = new UpCommand(action);
        CommandLine line = Polias.configured(new CommandLine(merged));
        line.setDefaultValueProvider(argument -> ownValue(own, argument));
        try {
            line.parseArgs(arguments());
        } catch (ParameterException e) {
            throw new CommandFailed(ExitCode.USAGE, "%s: %s".formatted(file, e.getMessage()), e);
        }
        return merged.options(environment, passedOn);
    }

    private String[] arguments() {
        List<String> all = spec.commandLine().getParseResult().originalArgs();
        int verb = spec.parent() == null ? -1 : all.indexOf(spec.name());
        return all.subList(verb + 1, all.size()).toArray(String[]::new);
    }

    private static @Nullable String ownValue(Map<String, String> own, ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().startsWith("--")
                ? own.get(option.longestName().substring(2))
                : null;
    }

    private static Map<String, String> entries(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "The configuration file %s cannot be read: %s".formatted(file, Faults.reason(e)),
                    e);
        }
        Map<String, String> entries = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> entries.put(name, properties.getProperty(name)));
        return entries;
    }

    private UpOptions options(Map<String, String> environment, Map<String, String> settings) {
        List<String> problems = new ArrayList<>();
        requirePort("--http-port", httpPort, problems);
        requirePort("--mqtt-port", mqttPort, problems);
        soundPort.ifPresent(port -> requirePort("--sound-port", port, problems));
        if (httpPort != 0 && httpPort == mqttPort) {
            problems.add("--http-port and --mqtt-port are both %d.".formatted(httpPort));
        }
        if (noPilot && pilot.isPresent()) {
            problems.add("--no-pilot and --pilot %s exclude each other.".formatted(pilot.get()));
        }
        if (city.isPresent() && !Files.isDirectory(city.get())) {
            problems.add("--city %s is not a folder.".formatted(city.get()));
        }
        if (partitions != null && partitions < 1) {
            problems.add("--partitions is %d, and must be at least 1.".formatted(partitions));
        }
        if (database.isPresent() && !database.get().startsWith("jdbc:postgresql:")) {
            problems.add("--database is '%s', and must begin with jdbc:postgresql: .".formatted(database.get()));
        }
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            problems.add("%s is there without %s."
                    .formatted(
                            tlsCertificate.isPresent() ? "--tls-certificate" : "--tls-key",
                            tlsCertificate.isPresent() ? "--tls-key" : "--tls-certificate"));
        }
        if (databaseUser.isPresent() && database.isEmpty()) {
            problems.add("--database-user says nothing without --database.");
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        return new UpOptions(
                data.path(),
                city.map(folder -> folder.toAbsolutePath().normalize()),
                pilotToRun(),
                httpPort,
                mqttPort,
                soundPort.map(OptionalInt::of).orElse(OptionalInt.empty()),
                bind,
                tlsCertificate.flatMap(certificate -> tlsKey.map(key -> new UpOptions.Tls(
                        certificate.toAbsolutePath().normalize(),
                        key.toAbsolutePath().normalize()))),
                durability,
                kafka,
                database.map(url -> new UpOptions.Database(
                        url, databaseUser, Optional.ofNullable(environment.get(DATABASE_PASSWORD)))),
                followed,
                partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions),
                settings);
    }

    private Optional<String> pilotToRun() {
        if (noPilot) {
            return Optional.empty();
        }
        return pilot.isPresent() || city.isPresent() ? pilot : Optional.of(DEFAULT_PILOT);
    }

    private static void requirePort(String option, int port, List<String> problems) {
        if (port < 0 || port > 65_535) {
            problems.add("%s is %d, and must be from 1 to 65535, or 0 for any that is free.".formatted(option, port));
        }
    }

    /** {@code DATASTREAM=FILE}. */
    static final class FollowedFileConverter implements ITypeConverter<FollowedFile> {
        @Override
        public FollowedFile convert(String value) {
            int equals = value.indexOf('=');
            if (equals < 1 || equals == value.length() - 1) {
                throw new TypeConversionException("'%s' is not of the form DATASTREAM=FILE".formatted(value));
            }
            try {
                return new FollowedFile(
                        new DatastreamId(value.substring(0, equals)),
                        Path.of(value.substring(equals + 1)).toAbsolutePath().normalize());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
