// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.polias.fuse.Fusion;
import org.polias.fuse.FusionInput;
import org.polias.fuse.FusionState;
import org.polias.model.detection.Detection;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.DetectionId;
import org.polias.model.id.IncidentId;
import org.polias.model.id.SiteKey;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;

/**
 * Fuses a stream without a platform: one fold for each site, in the order of the stream. Time is the latest arrival so far; it is
 * told to every site each {@link #TICK}, and for a while after the end so that what waits is published.
 */
public final class FusionRun<S extends Record & FusionState> {

    /** How often time is told. */
    static final Duration TICK = Duration.ofSeconds(1);
    /** How long time goes on after the last line. */
    private static final Duration SETTLING = Duration.ofSeconds(60);
    /** A long pause is told in this many steps at most. */
    private static final int MOST_TICKS = 10_000;

    private final Fusion<S> fusion;
    private final SiteBook sites;
    private final Watcher watcher;
    private final Map<SiteKey, S> states = new LinkedHashMap<>();
    private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
    private Optional<Instant> now = Optional.empty();
    private Instant nextTick = Instant.MIN;
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

    /** @param fusion one that tells to which incident it laid each detection */
    public FusionRun(Fusion<S> fusion, SiteBook sites, Watcher watcher) {
        this.fusion = fusion;
        this.sites = sites;
        this.watcher = watcher;
    }

    /** Takes one line; {@link DetectionReader} has told the book of sites what it says of sites and sensors. */
    public void accept(FusionLine line) {
        switch (line) {
            case FusionLine.Claim claim -> {
                Instant at = advance(claim.detection().knownAt());
                configure(claim.detection().site(), at);
                claims++;
                watcher.claimed(claim.detection(), at);
                play(claim.detection().site(), new FusionInput.Claimed(at, claim.detection()));
            }
            case FusionLine.HealthLine health -> {
                Instant at = advance(health.at());
                configure(health.site(), at);
                play(
                        health.site(),
                        new FusionInput.HealthChanged(at, health.sensor(), health.health(), Optional.of(health.at())));
            }
            case FusionLine.TickLine tick -> {
                Instant at = advance(tick.at());
                tick(at);
            }
            case FusionLine.OperatorLine operator -> {
                Instant at = advance(operator.at());
                Optional.ofNullable(incidents.get(operator.command().incident()))
                        .ifPresent(known -> play(known.site(), new FusionInput.Commanded(at, operator.command())));
            }
            case FusionLine.SiteLine _, FusionLine.SensorLine _, FusionLine.CalendarLine _ -> {}
        }
    }

    /** Lets time go on until what waits is published. */
    public void end() {
        now.ifPresent(last -> advance(last.plus(SETTLING)));
    }

    /** Every incident, in the order in which they opened, as its events fold. */
    public List<Incident> incidents() {
        return List.copyOf(incidents.values());
    }

    /** How many detections fusion was told of. */
    public long claims() {
        return claims;
    }

    private Instant advance(Instant told) {
        if (now.isEmpty()) {
            now = Optional.of(told);
            nextTick = told.plus(TICK);
            return told;
        }
        Instant at = told.isAfter(now.get()) ? told : now.get();
        if (!nextTick.isAfter(at)) {
            long seconds = Duration.between(nextTick, at).toSeconds();
            Duration step = seconds > MOST_TICKS * TICK.toSeconds() ? Duration.ofSeconds(seconds / MOST_TICKS) : TICK;
            while (!nextTick.isAfter(at)) {
                tick(nextTick);
                nextTick = nextTick.plus(step);
            }
            nextTick = at.plus(TICK);
        }
        now = Optional.of(at);
        return at;
    }

    private void tick(Instant at) {
        for (SiteKey key : List.copyOf(states.keySet())) {
            play(key, new FusionInput.Ticked(at));
        }
    }

    private void configure(SiteKey key, Instant at) {
        sites.takeChanged(key).ifPresent(definition -> play(key, new FusionInput.Configured(at, definition)));
    }

    private void play(SiteKey key, FusionInput input) {
        Step<S, SiteOutcome> step = fusion.on(states.computeIfAbsent(key, ignored -> fusion.initial()), input);
        states.put(key, step.state());
        for (SiteOutcome outcome : step.outputs()) {
            watcher.came(outcome, input.at());
            if (outcome instanceof SiteOutcome.Gathered gathered) {
                watcher.joined(gathered.detection(), gathered.incident(), input.at());
            }
            if (outcome instanceof SiteOutcome.IncidentChanged changed) {
                IncidentEvent event = changed.event();
                Incident after = event instanceof IncidentEvent.Opened opened
                        ? Incident.begin(opened)
                        : incidents.get(event.incident()).on(event);
                incidents.put(event.incident(), after);
                watcher.changed(event, after);
            }
        }
    }
}
