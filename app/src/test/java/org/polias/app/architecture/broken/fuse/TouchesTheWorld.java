// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.fuse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Against the rules of engines. */
final class TouchesTheWorld {

    private TouchesTheWorld() {}

    static String file(Path path) throws IOException {
        return Files.readString(path);
    }

    static void print(String text) {
        System.out.println(text);
    }

    static void thread(Runnable work) {
        Thread.ofVirtual().start(work);
    }

    static CompletableFuture<Void> future(Runnable work) {
        return CompletableFuture.runAsync(work);
    }

    static String environment() {
        return System.getenv("HOME");
    }

    static String address(String text) {
        return URI.create(text).getHost();
    }
}
