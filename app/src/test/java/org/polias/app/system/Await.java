// SPDX-License-Identifier: Apache-2.0
package org.polias.app.system;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what will be so soon, and says what it waited for if it does not become so. */
public final class Await {

    private static final long PAUSE_MS = 20;

    private Await() {}

    /** Returns as soon as the condition holds. */
    public static void until(String what, Duration patience, Callable<Boolean> condition) {
        until(what, patience, () -> "", condition);
    }

    /**
     * Returns as soon as the condition holds.
     *
     * @param circumstances what a failure should tell besides
     */
    public static void until(
            String what, Duration patience, Supplier<String> circumstances, Callable<Boolean> condition) {
        value(what, patience, circumstances, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** Returns the value as soon as there is one. */
    public static <T> T value(
            String what, Duration patience, Supplier<String> circumstances, Callable<Optional<T>> attempt) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                Optional<T> value = attempt.call();
                if (value.isPresent()) {
                    return value.get();
                }
                if (System.nanoTime() > deadline) {
                    throw new AssertionError(
                            "Not so within %s: %s.%n%s".formatted(patience, what, circumstances.get()));
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting: %s.".formatted(what), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("While waiting: %s.%n%s".formatted(what, circumstances.get()), e);
        }
    }
}
