// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.fuse.FusedCity;
import org.polias.fuse.FusionInput;
import org.polias.fuse.FusionSettings;
import org.polias.fuse.city.CityFusion;
import org.polias.fuse.city.CityInput;
import org.polias.fuse.city.CitySettings;
import org.polias.fuse.city.CitySite;
import org.polias.fuse.city.CityState;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignEvent;
import org.polias.model.detection.Detection;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.CampaignId;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;

/** Fuses a stream without a platform: {@link FusedCity} in the order of the stream, with what the stream tells besides detections. */
public final class FusionRun {

    /** How long time goes on after the last line. */
    private static final Duration SETTLING = Duration.ofSeconds(60);

    private final FusedCity city = new FusedCity(FusionSettings.defaults().gathering(), this::came);
    private final SiteBook sites;
    private final Watcher watcher;
    private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
    private final CityFusion campaignFusion = new CityFusion(CitySettings.defaults());
    private final Map<TenantId, CityState> tenants = new TreeMap<>();
    private final Map<CampaignId, Campaign> campaigns = new LinkedHashMap<>();
    private boolean begun;
    private long claims;

    /** Told of everything as it happens. */
    public interface Watcher {

        /** Fusion is about to be told of a detection. */
        default void claimed(Detection detection, Instant at) {}

        /** Something happened to an incident, which now is so. */
        default void changed(IncidentEvent event, Incident after) {}

        /** Something came of it. */
        default void came(SiteOutcome outcome, Instant at) {}

        /** A detection was laid to a case, which is the incident of that id if one was opened. */
        default void joined(DetectionId detection, IncidentId incident, Instant at) {}
    }

    public FusionRun(SiteBook sites, Watcher watcher) {
        this.sites = sites;
        this.watcher = watcher;
    }

    /** Takes one line; {@link DetectionReader} has told the book of sites what it says of sites and sensors. */
    public void accept(FusionLine line) {
        switch (line) {
            case FusionLine.Claim claim -> {
                pass(claim.detection().knownAt());
                configure(claim.detection().site());
                claims++;
                watcher.claimed(claim.detection(), city.clock());
                city.on(claim.detection());
            }
            case FusionLine.HealthLine health -> {
                pass(health.at());
                configure(health.site());
                city.on(
                        health.site(),
                        new FusionInput.HealthChanged(
                                city.clock(), health.sensor(), health.health(), Optional.of(health.at())));
            }
            case FusionLine.TickLine tick -> pass(tick.at());
            case FusionLine.OperatorLine operator -> {
                pass(operator.at());
                Optional.ofNullable(incidents.get(operator.command().incident()))
                        .ifPresent(known ->
                                city.on(known.site(), new FusionInput.Commanded(city.clock(), operator.command())));
            }
            case FusionLine.SiteLine _, FusionLine.SensorLine _, FusionLine.CalendarLine _ -> {}
        }
    }

    /** Lets time go on until what waits is published. */
    public void end() {
        if (begun) {
            city.pass(city.clock().plus(SETTLING));
            List.copyOf(tenants.keySet()).forEach(tenant -> tell(tenant, new CityInput.Ticked(city.clock())));
        }
    }

    /** Every incident, in the order in which they opened, as its events fold. */
    public List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    /** Every campaign as it was last told, in the order in which they opened. */
    public List<Campaign> campaigns() {
        return List.copyOf(campaigns.values());
    }

    /** How many detections fusion was told of. */
    public long claims() {
        return claims;
    }

    private void pass(Instant told) {
        begun = true;
        city.pass(told);
    }

    private void configure(SiteKey key) {
        sites.takeChanged(key).ifPresent(definition -> {
            city.configure(definition, city.clock());
            tell(key.tenant(), new CityInput.Configured(city.clock(), CitySite.of(definition)));
        });
    }

    private void tell(TenantId tenant, CityInput input) {
        Step<CityState, CampaignEvent> step = campaignFusion.on(tenants.getOrDefault(tenant, CityState.EMPTY), input);
        tenants.put(tenant, step.state());
        step.outputs().forEach(event -> campaigns.put(event.campaign().id(), event.campaign()));
    }

    private void came(Instant at, SiteOutcome outcome) {
        watcher.came(outcome, at);
        if (outcome instanceof SiteOutcome.Gathered gathered) {
            watcher.joined(gathered.detection(), gathered.incident(), at);
        }
        if (outcome instanceof SiteOutcome.IncidentChanged changed) {
            IncidentEvent event = changed.event();
            Incident after = event instanceof IncidentEvent.Opened opened
                    ? Incident.begin(opened)
                    : incidents.get(event.incident()).on(event);
            incidents.put(event.incident(), after);
            watcher.changed(event, after);
            tell(after.site().tenant(), new CityInput.Known(after));
        }
    }
}
