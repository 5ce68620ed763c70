// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.util.concurrent.CompletableFuture;

/** Work beside the test's own thread. */
@FunctionalInterface
interface Background {

    void run() throws InterruptedException;

    /** Begins it; whatever ends it, the future says so. */
    static CompletableFuture<Void> start(Background work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform().name("test-background").daemon().start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (InterruptedException | RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
