// SPDX-License-Identifier: Apache-2.0
package org.polias.app.listening;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.polias.perceive.acoustics.AudioSetClassifier;
import org.polias.perceive.acoustics.Calibration;
import org.polias.perceive.acoustics.ShippedClassifier;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.UnusableModel;

/** Classifiers from files. */
public final class ModelFiles {

    private static final String CLASS_MAP = "_class_map.csv";

    private ModelFiles() {}

    /**
     * Opens a model: one that {@code ./polias train acoustics} wrote, or one that was trained on AudioSet.
     *
     * @param classes the class map of the latter; if none is given, the one that lies beside it and is called like it
     * @throws UnusableModel if model or class map are not what they should be
     * @throws IOException if a file cannot be read
     */
    public static SoundClassifier open(Path model, Optional<Path> classes) throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        String name = model.getFileName().toString();
        if (ShippedClassifier.isOne(name, bytes)) {
            return ShippedClassifier.of(name, bytes);
        }
        Path classMap = classes.isPresent() ? classes.get() : besides(model);
        // Bytes that are no text make a map that names no class, which is said.
        String text = new String(Files.readAllBytes(classMap), StandardCharsets.UTF_8);
        return AudioSetClassifier.of(
                name, bytes, classMap.toString(), text, Calibration.assumed(Calibration.ASSUMED_PRIORS));
    }

    private static Path besides(Path model) throws IOException {
        String stem = model.getFileName().toString().replaceFirst("\\.onnx$", "");
        Path folder = model.toAbsolutePath().getParent();
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> maps = Files.newDirectoryStream(folder, "*" + CLASS_MAP)) {
                maps.forEach(found::add);
            }
        }
        Path called = folder.resolve(stem + CLASS_MAP);
        if (found.contains(called)) {
            return called;
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new UnusableModel(
                "It is not known what the classes of %s are: there is no %s.%nMaybe name its class map with --classes."
                        .formatted(model, called));
    }
}
