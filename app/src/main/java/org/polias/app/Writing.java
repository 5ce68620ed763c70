// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.polias.model.event.SiteEvent;
import org.polias.model.port.EventLog;

/** Writes what the application itself has to say into the log, and waits until it is durable. */
final class Writing {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLog log;

    Writing(EventLog log) {
        this.log = log;
    }

    /**
     * Returns when the event is durable.
     *
     * @throws Unavailable if it could not be made so within ten seconds
     */
    void append(SiteEvent event) {
        Instant deadline = Instant.now().plus(PATIENCE);
        CompletableFuture<Void> durable = new CompletableFuture<>();
        try {
            while (!log.offer(event, failure -> {
                if (failure == null) {
                    durable.complete(null);
                } else {
                    durable.completeExceptionally(failure);
                }
            })) {
                CompletableFuture<Void> room = new CompletableFuture<>();
                log.onRoom(() -> room.complete(null));
                await(room, deadline);
            }
            await(durable, deadline);
        } catch (ExecutionException e) {
            throw new Unavailable(
                    "The log did not take it: %s".formatted(e.getCause().getMessage()), e.getCause());
        } catch (TimeoutException e) {
            throw new Unavailable("The log did not take it within %d s.".formatted(PATIENCE.toSeconds()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The platform is stopping.", e);
        }
    }

    private static void await(CompletableFuture<Void> what, Instant deadline)
            throws ExecutionException, TimeoutException, InterruptedException {
        what.get(Math.max(1, Duration.between(Instant.now(), deadline).toMillis()), TimeUnit.MILLISECONDS);
    }
}
