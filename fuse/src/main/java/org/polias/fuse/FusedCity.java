// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.SiteKey;

/**
 * The fusion of several sites side by side, for recorded or invented detections: each goes to its site, in the order in which they are given,
 * and time passes by what they say of their arrival, a second at a time. For one thread.
 */
public final class FusedCity {

    private static final Duration TICK = Duration.ofSeconds(1);
    /** A long pause is told in so many steps at most. */
    private static final int MOST_TICKS = 10_000;

    private final DefaultFusion fusion;
    private final BiConsumer<Instant, SiteOutcome> outcomes;
    private final Map<SiteKey, DefaultFusionState> states = new TreeMap<>();
    private Instant clock = Instant.MIN;

    /** @param outcomes is told what comes of each, and when */
    public FusedCity(FusionSettings settings, BiConsumer<Instant, SiteOutcome> outcomes) {
        fusion = new DefaultFusion(settings);
        this.outcomes = outcomes;
    }

    /** A site is this from now on. */
    public void configure(SiteDefinition definition, Instant at) {
        pass(at);
        take(definition.key(), new FusionInput.Configured(clock, definition));
    }

    /** Whether this site was configured. */
    public boolean knows(SiteKey site) {
        return states.containsKey(site);
    }

    /**
     * Something reached a site.
     *
     * @throws IllegalArgumentException if the site was not configured
     */
    public void on(SiteKey site, FusionInput input) {
        if (!knows(site)) {
            throw new IllegalArgumentException("Site %s was not configured.".formatted(site));
        }
        take(site, input);
    }

    /** A detection arrived when it says; never before what arrived earlier. */
    public void on(Detection detection) {
        pass(detection.knownAt());
        on(detection.site(), new FusionInput.Claimed(clock, detection));
    }

    /** Nothing more comes until {@code at}. */
    public void pass(Instant at) {
        if (clock.equals(Instant.MIN)) {
            clock = at;
            return;
        }
        Duration step = TICK;
        if (at.isAfter(clock.plus(TICK.multipliedBy(MOST_TICKS)))) {
            step = Duration.between(clock, at).dividedBy(MOST_TICKS);
        }
        while (Duration.between(clock, at).compareTo(step) >= 0) {
            if (states.values().stream().allMatch(FusedCity::isIdle)) {
                clock = at;
                return;
            }
            clock = clock.plus(step);
            for (Map.Entry<SiteKey, DefaultFusionState> each : List.copyOf(states.entrySet())) {
                if (!isIdle(each.getValue())) {
                    take(each.getKey(), new FusionInput.Ticked(clock));
                }
            }
        }
        if (at.isAfter(clock)) {
            clock = at;
        }
    }

    /** The time until which it has come. */
    public Instant clock() {
        return clock;
    }

    private static boolean isIdle(DefaultFusionState state) {
        return state.live().isEmpty() && state.tentative().isEmpty();
    }

    private void take(SiteKey site, FusionInput input) {
        DefaultFusionState before = states.getOrDefault(site, fusion.initial());
        Step<DefaultFusionState, SiteOutcome> step = fusion.on(before, input);
        states.put(site, step.state());
        for (SiteOutcome outcome : step.outputs()) {
            outcomes.accept(clock, outcome);
        }
    }
}
