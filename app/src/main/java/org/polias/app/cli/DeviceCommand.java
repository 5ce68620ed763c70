// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

import java.io.PrintWriter;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code polias device}: the credentials with which devices deliver. */
@Command(name = "device", description = "Give devices their credentials, list and revoke them.")
final class DeviceCommand extends VerbGroup {

    @Command(name = "add", description = "Register a device and print its secret, once, with lines to try it.")
    int add(
            @Mixin DataDirectory data,
            @Parameters(paramLabel = "NAME", description = "A name for the device.") String name,
            @Option(names = "--site", paramLabel = "SITE", description = "The only site for which it may report.")
                    Optional<String> site,
            @Option(names = "--json", description = "Print the platform's answer as JSON.") boolean json) {
        RunningPlatform platform = RunningPlatform.get(data.path());
        ObjectNode wanted = RunningPlatform.object().put("device", name);
        site.ifPresent(only -> wanted.put("site", only));
        JsonNode device = platform.post("/api/devices", wanted);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunningPlatform.pretty(device));
            return ExitCode.DONE;
        }
        String secret = device.path("secret").asText();
        out.printf("device  %s%nsecret  %s%n%n", name, secret);
        out.println("The secret is shown only now. To try it, paste one of these:");
        out.println();
        Example example = Example.of(platform.get("/api/city"), site);
        String host = platform.url().getHost();
        out.printf(
                "mosquitto_pub %s-h %s -p %d -i %s -u %s -P %s -q 1 -t %s -m %s%n",
                trust(platform, "--cafile"),
                host,
                platform.mqttPort(),
                quoted(name),
                quoted(name),
                quoted(secret),
                quoted("v1.1/Datastreams(%s)/Observations".formatted(example.datastream())),
                quoted(example.observation()));
        out.println();
        out.printf(
                "curl %s-u %s -H 'Content-Type: application/json' -d %s %s%n",
                trust(platform, "--cacert"),
                quoted(name + ":" + secret),
                quoted(example.observation()),
                quoted(platform.url()
                        .resolve("/v1.1/Datastreams(%s)/Observations".formatted(example.datastream()))
                        .toString()));
        return ExitCode.DONE;
    }

    @Command(name = "list", description = "List the devices.")
    int list(@Mixin DataDirectory data, @Option(names = "--json", description = "List as JSON.") boolean json) {
        JsonNode devices = RunningPlatform.get(data.path()).get("/api/devices");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(RunningPlatform.pretty(devices));
            return ExitCode.DONE;
        }
        Table table = new Table("DEVICE", "SITE", "CREATED", "REVOKED");
        devices.forEach(device -> table.row(
                device.path("device"), device.path("site"), device.path("createdAt"), device.path("revokedAt")));
        table.print(out, "No device is registered.%nMaybe add one with './polias device add NAME'.".formatted());
        return ExitCode.DONE;
    }

    @Command(name = "revoke", description = "Take a device's credentials away; it is cut off at once.")
    int revoke(@Mixin DataDirectory data, @Parameters(paramLabel = "NAME", description = "The device.") String name) {
        RunningPlatform.get(data.path()).delete("/api/devices/" + RunningPlatform.segment(name));
        spec.commandLine().getOut().printf("The device %s is revoked.%n", name);
        return ExitCode.DONE;
    }

    /** The option with which a client trusts what the platform shows over TLS; nothing without TLS. */
    private static String trust(RunningPlatform platform, String option) {
        return platform.findCertificateFile()
                .map(file -> "%s %s ".formatted(option, quoted(file)))
                .orElse("");
    }

    /** As one word for any POSIX shell. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** An observation that the city takes: of its first datastream that measures or counts. */
    private record Example(String datastream, String observation) {

        static Example of(JsonNode city, Optional<String> onlySite) {
            for (JsonNode site : city.path("sites")) {
                if (onlySite.isPresent()
                        && !onlySite.get().equals(site.path("id").asText())) {
                    continue;
                }
                for (JsonNode sensor : site.path("sensors")) {
                    for (JsonNode datastream : sensor.path("datastreams")) {
                        String kind = datastream.path("resultKind").asText();
                        if (kind.equals("QUANTITY") || kind.equals("COUNT")) {
                            return new Example(datastream.path("id").asText(), "{\"result\": 42}");
                        }
                    }
                }
            }
            return new Example("DATASTREAM", "{\"result\": 42}");
        }
    }
}
