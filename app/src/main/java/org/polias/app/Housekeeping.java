// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.polias.model.id.TenantId;
import org.polias.store.Store;
import org.polias.store.StoreException;

/** Carries out what retention says, hourly: nothing is kept longer than its term. */
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
        hourly.scheduleAtFixedRate(this::clean, 10, 60, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        hourly.shutdownNow();
    }

    private void clean() {
        Instant now = Instant.now();
        try {
            int dropped = store.history().dropBefore(now.minus(retention.observations()));
            dropped += store.incidents().dropDetectionsBefore(now.minus(retention.detections()));
            int incidents = store.incidents().deleteClosedBefore(tenant, now.minus(retention.closedIncidents()));
            int payloads = store.quarantine().deleteBefore(tenant, now.minus(retention.quarantine()));
            int sessions = store.sessions().deleteEnded();
            if (dropped + incidents + payloads + sessions > 0) {
                LOG.infof(
                        "Retention: %d partitions, %d incidents, %d quarantined payloads, %d ended sessions deleted",
                        dropped, incidents, payloads, sessions);
            }
        } catch (StoreException e) {
            LOG.warnf("Retention could not be carried out, and is tried again in an hour: %s", e.getMessage());
        }
    }
}
