// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polias user}: the people who sign in to the console. */
@Command(name = "user", description = "Add users, list them, change passwords, disable them.")
final class UserCommand extends VerbGroup {

    /** No letters or digits that are mistaken for each other when read aloud or off a screen. */
    private static final String PASSWORD_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final int PASSWORD_LENGTH = 20;

    @Command(name = "add", description = "Add a user. The password is asked for; or see the options.")
    int add(
            @Mixin DataDirectory data,
            @Parameters(paramLabel = "USER", description = "The name to sign in with.") String user,
            @Option(names = "--name", paramLabel = "NAME", description = "The person's name (default: as USER).")
                    Optional<String> name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            split = ",",
                            defaultValue = "operator",
                            description =
                                    "operator, supervisor, director or administrator; several with commas (default: operator).")
                    List<String> roles,
            @Mixin PasswordSource source) {
        RunningPlatform platform = RunningPlatform.get(data.path());
        String password = source.password(spec, user);
        ObjectNode wanted = RunningPlatform.object().put("user", user).put("name", name.orElse(user));
        roles.forEach(wanted.putArray("roles")::add);
        platform.post("/api/users", wanted.put("password", password));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("The user %s can sign in at %s%n", user, platform.url());
        source.tellIfGenerated(out, password);
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List the users.")
    int list(@Mixin DataDirectory data, @Option(names = "--json", description = "List as JSON.") boolean json) {
        JsonNode users = RunningPlatform.get(data.path()).get("/api/users");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunningPlatform.pretty(users));
            return ExitCode.DONE;
        }
        Table table = new Table("USER", "NAME", "ROLES", "STATE");
        for (JsonNode user : users) {
            StringBuilder roles = new StringBuilder();
            user.path("roles")
                    .forEach(role -> roles.append(roles.isEmpty() ? "" : ", ").append(role.asText()));
            table.row(
                    user.path("user"),
                    user.path("name"),
                    roles,
                    user.path("disabled").asBoolean() ? "disabled" : "active");
        }
        table.print(out, "There are no users.%nMaybe add one with './polias user add NAME'.".formatted());
        return ExitCode.DONE;
    }

    @Command(name = "passwd", description = "Give a user a new password.")
    int passwd(
            @Mixin DataDirectory data,
            @Parameters(paramLabel = "USER", description = "The user.") String user,
            @Mixin PasswordSource source) {
        RunningPlatform platform = RunningPlatform.get(data.path());
        String password = source.password(spec, user);
        platform.put(
                "/api/users/%s/password".formatted(RunningPlatform.segment(user)),
                RunningPlatform.object().put("password", password));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("The user %s has a new password.%n", user);
        source.tellIfGenerated(out, password);
        return ExitCode.DONE;
    }

    @Command(name = "disable", description = "Disable a user and end their sessions. What they did stays on record.")
    int disable(@Mixin DataDirectory data, @Parameters(paramLabel = "USER", description = "The user.") String user) {
        RunningPlatform.get(data.path()).delete("/api/users/" + RunningPlatform.segment(user));
        spec.commandLine().getOut().printf("The user %s is disabled.%n", user);
        return ExitCode.DONE;
    }

    /** Where a new password comes from. Never an argument: other users of the machine can read those. */
    static final class PasswordSource {

        @Option(names = "--generate", description = "Make a password up and print it.")
        private boolean generate;

        @Option(names = "--password-stdin", description = "Read the password from the first line of standard input.")
        private boolean standardInput;

        String password(CommandSpec spec, String user) {
            if (generate) {
                return generated();
            }
            if (standardInput) {
                return firstLine();
            }
            Console console = System.console();
            if (console == null || !console.isTerminal()) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "There is no terminal to ask for the password of %s on.%nMaybe use --generate or --password-stdin."
                                .formatted(user));
            }
            return asked(console, user);
        }

        void tellIfGenerated(PrintWriter out, String password) {
            if (generate) {
                out.printf("password  %s%n", password);
            }
        }

        private static String generated() {
            SecureRandom random = new SecureRandom();
            StringBuilder password = new StringBuilder();
            for (int i = 0; i < PASSWORD_LENGTH; i++) {
                password.append(PASSWORD_ALPHABET.charAt(random.nextInt(PASSWORD_ALPHABET.length())));
            }
            return password.toString();
        }

        private static String firstLine() {
            try {
                String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
                if (line == null || line.isEmpty()) {
                    throw new CommandFailed(ExitCode.USAGE, "Standard input has no password on its first line.");
                }
                return line;
            } catch (IOException e) {
                throw new CommandFailed(
                        ExitCode.FAILED, "Standard input cannot be read: %s".formatted(Faults.reason(e)), e);
            }
        }

        private static String asked(Console console, String user) {
            char[] first = console.readPassword("Password for %s: ", user);
            char[] second = first == null ? null : console.readPassword("Once more: ");
            if (first == null || second == null) {
                throw new CommandFailed(ExitCode.FAILED, "No password was given.");
            }
            try {
                if (!Arrays.equals(first, second)) {
                    throw new CommandFailed(ExitCode.FAILED, "The two passwords differ; nothing was changed.");
                }
                return new String(first);
            } finally {
                Arrays.fill(first, ' ');
                Arrays.fill(second, ' ');
            }
        }
    }
}
