// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.polias.model.event.SiteEvent.Observed;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.IncidentId;
import org.polias.model.id.TenantId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.observation.Result;
import org.polias.store.log.LogProgress;
import org.polias.store.log.LogSlice;

/**
 * A process that reads an endless log into a store until it is killed: observation n has offset and id n, and every offset is
 * one event of one incident. It says {@code stored n} once it knows that all before offset n are stored.
 */
final class StoreUnderFire {

    static final TenantId TENANT = new TenantId("fire");
    static final IncidentId INCIDENT = new IncidentId("I-fire");
    private static final int BATCH = 200;

    private StoreUnderFire() {}

    public static void main(String[] arguments) {
        Store store = Store.start(StoreSettings.embedded(Path.of(arguments[0])));
        while (true) {
            long observations = next(store, "observations");
            List<Observed> observed = new ArrayList<>();
            for (long n = observations; n < observations + BATCH; n++) {
                observed.add(Samples.observed(TENANT, "level", n, Samples.NOON.plusMillis(n), new Result.Count(n)));
            }
            store.history()
                    .append(List.of(
                            new LogSlice<>(new LogProgress("observations", 0, observations + BATCH), observed)));

            long outcomes = next(store, "outcomes");
            IncidentEvent event = outcomes == 0
                    ? Samples.opened(TENANT, INCIDENT)
                    : Samples.reassessed(INCIDENT, outcomes + 1, CriticalityLevel.HIGH, outcomes);
            store.incidents()
                    .apply(List.of(new LogSlice<>(
                            new LogProgress("outcomes", 0, outcomes + 1),
                            List.of(new SiteOutcome.IncidentChanged(Samples.site(TENANT), event)))));
            System.out.println("stored " + (observations + BATCH));
        }
    }

    static long next(Store store, String topic) {
        return store.progress().list(topic).stream()
                .mapToLong(LogProgress::nextOffset)
                .findFirst()
                .orElse(0);
    }
}
