// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Brings into the log what nobody would send again: from files and from streams, however long that takes. */
public final class PatientDelivery {

    private static final System.Logger LOG = System.getLogger(PatientDelivery.class.getName());
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Intake intake;
    private final String what;
    private final Consumer<String> problems;

    /** Makes a delivery; called again where the one before failed. */
    @FunctionalInterface
    public interface Reception {
        Delivery receive(Delivery.Listener listener);
    }

    /**
     * @param what is delivered, for people
     * @param problems is told what keeps it from being delivered
     */
    public PatientDelivery(Intake intake, String what, Consumer<String> problems) {
        this.intake = intake;
        this.what = what;
        this.problems = problems;
    }

    /** Waits until the log has it; as long as that takes. */
    public void deliver(Reception reception) throws InterruptedException {
        while (true) {
            CountDownLatch ended = new CountDownLatch(1);
            Delivery delivery = reception.receive(_ -> ended.countDown());
            try {
                while (!delivery.offer()) {
                    CountDownLatch room = new CountDownLatch(1);
                    intake.log().onRoom(room::countDown);
                    room.await();
                }
            } catch (InterruptedException e) {
                delivery.abandon();
                throw e;
            }
            ended.await();
            if (delivery.failure().isEmpty()) {
                return;
            }
            String problem = "The log did not take %s: %s"
                    .formatted(what, delivery.failure().get());
            problems.accept(problem);
            LOG.log(Level.WARNING, problem);
            Thread.sleep(AFTER_FAILURE);
        }
    }
}
