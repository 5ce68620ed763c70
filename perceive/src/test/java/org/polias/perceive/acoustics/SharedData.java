// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** Public material that lies beside the project and is no part of it. Tests that need what is not there are skipped. */
final class SharedData {

    private SharedData() {}

    static Path path(String name) {
        Path path = Path.of(System.getProperty("polias.shared", "../../shared/data"), name);
        Assumptions.assumeTrue(Files.exists(path), "there is no " + path.toAbsolutePath());
        return path;
    }
}
