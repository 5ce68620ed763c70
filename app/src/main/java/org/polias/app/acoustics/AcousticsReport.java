// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

import org.polias.app.cli.CommandFailed;
import org.polias.app.cli.ExitCode;
import org.polias.app.cli.Faults;
import org.polias.app.listening.ModelFiles;
import org.polias.perceive.acoustics.Classifiers;
import org.polias.perceive.acoustics.ClipHearing;
import org.polias.perceive.acoustics.ShotRule;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.UnusableModel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code ./polias evaluate acoustics}: what is said of how good a classifier is. */
public final class AcousticsReport {

    private final Optional<Path> model;
    private final Optional<Path> classes;
    private final Consumer<String> progress;

    /**
     * @param model another classifier than the shipped one
     * @param classes of an AudioSet model, where it does not lie beside it
     */
    public AcousticsReport(Optional<Path> model, Optional<Path> classes, Consumer<String> progress) {
        this.model = model;
        this.classes = classes;
        this.progress = progress;
    }

    /** Evaluates. */
    public ObjectNode of(
            Optional<Path> directory, boolean withNoise, Optional<Double> streetHours, Optional<Path> recording) {
        try (SoundClassifier classifier = open()) {
            ClipHearing.Scale scale = ClipHearing.Scale.of(classifier);
            ObjectNode report = JsonNodeFactory.instance.objectNode();
            directory.ifPresent(folder -> {
                if (!Files.isDirectory(folder)) {
                    throw new CommandFailed(ExitCode.FAILED, "There is no folder %s.".formatted(folder));
                }
                AcousticsEvaluation.Collection collection = AcousticsEvaluation.Collection.of(folder);
                if (collection.clips().isEmpty()) {
                    throw new CommandFailed(
                            ExitCode.FAILED,
                            "No folder in %s is named by a class; there are %s.%nMaybe it is the folder above or below that has gunshot, firework, and so on."
                                    .formatted(folder, collection.unknown()));
                }
                report.setAll(new AcousticsEvaluation(classifier, scale, ShotRule.DEPLOYED, progress)
                        .evaluate(collection, withNoise));
            });
            if (streetHours.isPresent() || recording.isPresent()) {
                FalseAlarms alarms = new FalseAlarms(classifier, ShotRule.DEPLOYED);
                streetHours.ifPresent(hours -> alarms.street(hours, progress));
                recording.ifPresent(file -> alarms.recording(read(file)));
                alarms.report(report.putObject("false_alarms"));
            }
            return report;
        } catch (UnusableModel e) {
            throw new CommandFailed(ExitCode.FAILED, e.getMessage(), e);
        }
    }

    private static float[] read(Path file) {
        return switch (Clips.read(file)) {
            case Clips.Read.Sound sound -> sound.samples();
            case Clips.Read.Unreadable unreadable ->
                throw new CommandFailed(ExitCode.FAILED, "%s: %s".formatted(file, unreadable.reason()));
        };
    }

    private SoundClassifier open() {
        if (model.isEmpty()) {
            return Classifiers.shipped();
        }
        try {
            return ModelFiles.open(model.get(), classes);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, "The model cannot be read: %s".formatted(Faults.reason(e)), e);
        }
    }

    /** For people. */
    public static void print(ObjectNode report, PrintWriter out) {
        report.properties().forEach(each -> print("", each.getKey(), each.getValue(), out));
    }

    private static void print(String indent, String name, JsonNode value, PrintWriter out) {
        if (value.isObject()
                && !value.isEmpty()
                && value.properties().stream().anyMatch(each -> each.getValue().isContainerNode())) {
            out.printf("%s%s%n", indent, name);
            value.properties().forEach(each -> print(indent + "  ", each.getKey(), each.getValue(), out));
        } else if (value.isObject()) {
            StringBuilder line = new StringBuilder();
            value.properties()
                    .forEach(each -> line.append(
                            "  %s %s".formatted(each.getKey(), each.getValue().asText())));
            out.printf("%s%-20s%s%n", indent, name, line);
        } else {
            out.printf("%s%-34s %s%n", indent, name, value.isArray() ? value.toString() : value.asText());
        }
    }
}
