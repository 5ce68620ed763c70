// SPDX-License-Identifier: Apache-2.0
package org.polias.app.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jboss.logging.Logger;
import org.polias.fuse.city.CityFusion;
import org.polias.fuse.city.CityInput;
import org.polias.fuse.city.CitySettings;
import org.polias.fuse.city.CitySite;
import org.polias.fuse.city.CityState;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.city.City;
import org.polias.model.event.Step;
import org.polias.model.id.CampaignId;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Incident;
import org.polias.store.Store;
import org.polias.store.StoreException;
import org.polias.store.incident.IncidentScope;

/**
 * Runs the fold of the city over the incidents of a tenant. What it finds is told at once and stored a little later: what could not be
 * stored is tried again, and what is lost with the process follows again from the incidents. Thread-safe.
 */
public final class CityWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(CityWatch.class);
    private static final Duration BEAT = Duration.ofMillis(500);

    private final TenantId tenant;
    private final CitySettings settings = CitySettings.defaults();
    private final CityFusion fusion = new CityFusion(settings);
    private final Store store;
    private final InstantSource clock;
    private final Consumer<Campaign> told;
    private final Map<CampaignId, Campaign> unstored = new LinkedHashMap<>();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("polias-city-watch").daemon().factory());
    private CityState state;

    /**
     * Goes on from what the database knows.
     *
     * @param live the incidents that the picture began with
     * @param told is told of every campaign that is open now, and of what each becomes
     */
    public static CityWatch begin(
            City city, Store store, Collection<Incident> live, InstantSource clock, Consumer<Campaign> told) {
        CityWatch watch = new CityWatch(city.tenant(), store, clock, told);
        watch.resume(city, live);
        watch.beats.scheduleWithFixedDelay(watch::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private CityWatch(TenantId tenant, Store store, InstantSource clock, Consumer<Campaign> told) {
        this.tenant = tenant;
        this.store = store;
        this.clock = clock;
        this.told = told;
        state = CityState.EMPTY;
    }

    private synchronized void resume(City city, Collection<Incident> live) {
        List<CitySite> sites = city.sites().stream().map(CitySite::of).toList();
        Instant since = clock.instant().minus(settings.remembered()).minus(settings.lateness());
        List<Incident> incidents = new ArrayList<>(live);
        incidents.addAll(store.incidents().listClosedSince(tenant, since, settings.maxClosed()));
        List<Campaign> open = store.campaigns().list(tenant, IncidentScope.LIVE, Integer.MAX_VALUE);
        open.forEach(told);
        take(fusion.resume(sites, incidents, open));
    }

    /** An incident has become this. */
    public synchronized void on(Incident incident) {
        if (incident.site().tenant().equals(tenant)) {
            take(fusion.on(state, new CityInput.Known(incident)));
        }
    }

    @Override
    public void close() {
        beats.shutdown();
        try {
            if (!beats.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("The last beat of the city level did not end in time");
            }
            storeWhatWaits();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Step<CityState, CampaignEvent> step) {
        state = step.state();
        for (CampaignEvent event : step.outputs()) {
            Campaign campaign = event.campaign();
            unstored.put(campaign.id(), campaign);
            told.accept(campaign);
        }
    }

    private void beat() {
        try {
            synchronized (this) {
                take(fusion.on(state, new CityInput.Ticked(clock.instant())));
            }
            storeWhatWaits();
        } catch (RuntimeException e) {
            // A beat that fails must not be the last one.
            LOG.error("The city level missed a beat", e);
        }
    }

    private void storeWhatWaits() {
        List<Campaign> waiting;
        synchronized (this) {
            waiting = List.copyOf(unstored.values());
        }
        try {
            store.campaigns().put(waiting);
        } catch (StoreException e) {
            LOG.errorf("%d campaigns could not be stored, and are tried again: %s", waiting.size(), e.getMessage());
            return;
        }
        synchronized (this) {
            waiting.forEach(campaign -> unstored.remove(campaign.id(), campaign));
        }
    }
}
