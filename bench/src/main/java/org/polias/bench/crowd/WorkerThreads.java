// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

import org.polias.simulate.api.Workers;

/** Workers that are threads: the caller's and some more, that take one task after another until there is none. */
public final class WorkerThreads implements Workers, AutoCloseable {

    private final int threads;
    private final ExecutorService others;

    /** @param threads how many work, the caller's among them; at least 1 */
    public WorkerThreads(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("%d threads cannot work.".formatted(threads));
        }
        this.threads = threads;
        AtomicInteger number = new AtomicInteger();
        others = Executors.newFixedThreadPool(Math.max(1, threads - 1), task -> {
            Thread thread = new Thread(task, "crowd-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    public int threads() {
        return threads;
    }

    @Override
    public void forEach(int tasks, IntConsumer task) {
        if (threads == 1 || tasks <= 1) {
            Workers.SEQUENTIAL.forEach(tasks, task);
            return;
        }
        AtomicInteger next = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int helpers = Math.min(threads, tasks) - 1;
        CountDownLatch done = new CountDownLatch(helpers);
        Runnable work = () -> {
            try {
                for (int i = next.getAndIncrement(); i < tasks && failure.get() == null; i = next.getAndIncrement()) {
                    task.accept(i);
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        };
        for (int i = 0; i < helpers; i++) {
            others.execute(() -> {
                work.run();
                done.countDown();
            });
        }
        work.run();
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
