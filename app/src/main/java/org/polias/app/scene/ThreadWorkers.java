// SPDX-License-Identifier: Apache-2.0
package org.polias.app.scene;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

import org.polias.simulate.api.Workers;

/** Workers on as many threads as there are processors; the caller is one of them. May be called from within a task. */
public final class ThreadWorkers implements Workers, AutoCloseable {

    /** Tasks of an engine's step are over in some ten microseconds: waking a thread would take longer. */
    private static final int SPINS = 2_000;

    private final int threads;
    private final ExecutorService helpers;

    /** @param threads at least 1 */
    public ThreadWorkers(int threads) {
        this.threads = threads;
        this.helpers = Executors.newFixedThreadPool(Math.max(1, threads - 1), task -> {
            Thread thread = new Thread(task, "simulate");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One for each processor. */
    public static ThreadWorkers forThisMachine() {
        return new ThreadWorkers(Runtime.getRuntime().availableProcessors());
    }

    public int threads() {
        return threads;
    }

    @Override
    public void forEach(int tasks, IntConsumer task) {
        if (tasks <= 1 || threads == 1) {
            for (int i = 0; i < tasks; i++) {
                task.accept(i);
            }
            return;
        }
        Batch batch = new Batch(tasks, task, Thread.currentThread());
        for (int i = 1; i < Math.min(threads, tasks); i++) {
            helpers.execute(batch);
        }
        batch.run();
        batch.await();
    }

    @Override
    public void close() {
        helpers.shutdownNow();
    }

    /** A helper that comes late finds nothing to do: whoever called has done it. */
    private static final class Batch implements Runnable {

        private final int tasks;
        private final IntConsumer task;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<Throwable> fault = new AtomicReference<>();

        Batch(int tasks, IntConsumer task, Thread caller) {
            this.tasks = tasks;
            this.task = task;
            this.caller = caller;
        }

        @Override
        public void run() {
            int i = next.getAndIncrement();
            while (i < tasks) {
                try {
                    if (fault.get() == null) {
                        task.accept(i);
                    }
                } catch (RuntimeException | Error e) {
                    fault.compareAndSet(null, e);
                } finally {
                    if (done.incrementAndGet() == tasks) {
                        LockSupport.unpark(caller);
                    }
                }
                i = next.getAndIncrement();
            }
        }

        void await() {
            for (int i = 0; done.get() < tasks; i++) {
                if (i < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            Throwable thrown = fault.get();
            if (thrown instanceof RuntimeException e) {
                throw e;
            }
            if (thrown instanceof Error e) {
                throw e;
            }
        }
    }
}
