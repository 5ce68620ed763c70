// SPDX-License-Identifier: Apache-2.0
package org.polias.stream.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.polias.fuse.Fusion;
import org.polias.model.event.SiteEvent;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.SiteKey;
import org.polias.stream.fold.Faults;
import org.polias.stream.fold.SiteFold;

/** Folds recorded events again, with no log and no server: the same events give the same outcomes. */
public final class Replay {

    private final Fusion<?> fusion;
    private final Faults faults;
    private final Map<SiteKey, SiteFold> folds = new TreeMap<>();

    /** @param faults told where a part of a fold fails, as it did (or would have) when the events were live */
    public Replay(Fusion<?> fusion, Faults faults) {
        this.fusion = fusion;
        this.faults = faults;
    }

    /** All outcomes of {@code events}, in the order of the events. */
    public static List<SiteOutcome> run(Stream<SiteEvent> events, Fusion<?> fusion, Faults faults) {
        List<SiteOutcome> outcomes = new ArrayList<>();
        new Replay(fusion, faults).run(events, outcomes::add);
        return outcomes;
    }

    /** Gives all outcomes of {@code events} to {@code sink} as they come. */
    public void run(Stream<SiteEvent> events, Consumer<SiteOutcome> sink) {
        events.sequential().forEachOrdered(event -> on(event).forEach(sink));
    }

    /** The outcomes of one event. */
    public List<SiteOutcome> on(SiteEvent event) {
        return folds.computeIfAbsent(event.site(), site -> SiteFold.begin(site, fusion, faults))
                .on(event);
    }

    /** The folds as they are now, by site. */
    public Map<SiteKey, SiteFold> folds() {
        return new TreeMap<>(folds);
    }
}
