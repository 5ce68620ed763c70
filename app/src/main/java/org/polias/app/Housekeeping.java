// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.polias.model.id.TenantId;
import org.polias.store.Store;
import org.polias.store.sql.PartitionedTable.Removed;

/**
 * Carries out what retention says, hourly. Every term counts from when something arrived here, not from what it tells of. Nothing goes
 * before its term is over; an observation or detection goes with its day (UTC), so at most a day and an hour after it.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final Store store;
    private final TenantId tenant;
    private final Retention retention;
    private final ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("polias-housekeeping").daemon().factory());

    /** How long what is kept. */
    record Retention(Duration observations, Duration detections, Duration closedIncidents, Duration quarantine) {
        static final Retention DEFAULT =
                new Retention(Duration.ofDays(90), Duration.ofDays(90), Duration.ofDays(3 * 365), Duration.ofDays(30));
    }

    Housekeeping(Store store, TenantId tenant, Retention retention) {
        this.store = store;
        this.tenant = tenant;
        this.retention = retention;
        hourly.scheduleAtFixedRate(this::clean, 5, 60, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        hourly.shutdownNow();
    }

    private void clean() {
        Instant now = Instant.now();
        carryOut("observations", () -> text(store.history().removeReceivedBefore(now.minus(retention.observations()))));
        carryOut(
                "detections",
                () -> text(store.incidents().removeDetectionsKnownBefore(now.minus(retention.detections()))));
        carryOut(
                "closed incidents",
                () -> text(store.incidents().deleteClosedBefore(tenant, now.minus(retention.closedIncidents()))));
        carryOut(
                "ended campaigns",
                () -> text(store.campaigns().deleteEndedBefore(tenant, now.minus(retention.closedIncidents()))));
        carryOut(
                "quarantined payloads",
                () -> text(store.quarantine().deleteBefore(tenant, now.minus(retention.quarantine()))));
        carryOut("ended sessions", () -> text(store.sessions().deleteEnded()));
    }

    /** One that fails must neither keep the others from being carried out nor itself from being tried again. */
    private static void carryOut(String what, Supplier<String> deletion) {
        try {
            String deleted = deletion.get();
            if (!deleted.isEmpty()) {
                LOG.infof("Retention: %s of %s deleted", deleted, what);
            }
        } catch (RuntimeException e) {
            LOG.errorf(
                    "Retention of %s could not be carried out, and is tried again in an hour: %s",
                    what, e.getMessage());
        }
    }

    private static String text(Removed removed) {
        return removed.days() + removed.rows() == 0
                ? ""
                : "%d days and %d single rows".formatted(removed.days(), removed.rows());
    }

    private static String text(int number) {
        return number == 0 ? "" : Integer.toString(number);
    }
}
