// SPDX-License-Identifier: Apache-2.0
package org.polias.app.live;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jboss.logging.Logger;
import org.polias.app.view.CampaignSummary;
import org.polias.app.view.IncidentSummary;
import org.polias.app.view.ReadingValue;
import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.event.Health;
import org.polias.model.event.SiteOutcome;
import org.polias.model.id.CampaignId;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.observation.Observation;
import org.polias.store.history.StoredObservation;
import org.polias.store.incident.RunningExercise;

/**
 * What is true now, kept in memory from the log, and told to every connected screen. Fed by the readers of the log; asked by the
 * screens. Thread-safe.
 */
public final class LivePicture {

    private static final Logger LOG = Logger.getLogger(LivePicture.class);

    /** How many incidents that are over stay in the picture, so that a screen can show how they ended. */
    private static final int CLOSED_KEPT = 50;

    private final Map<IncidentId, Incident> incidents = new LinkedHashMap<>();
    private final Map<CampaignId, Campaign> campaigns = new LinkedHashMap<>();
    private final Deque<IncidentId> closed = new ArrayDeque<>();
    private final Map<DatastreamId, LiveMessage.HealthState> health = new HashMap<>();
    private final Map<DatastreamId, Observation> latest = new ConcurrentHashMap<>();
    private final Map<DatastreamId, Observation> changed = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<SiteOutcome.CommandAnswered>> awaited = new ConcurrentHashMap<>();
    private final Map<Object, Screen> screens = new ConcurrentHashMap<>();
    private final Function<String, String> exerciseTitles;
    private final Function<IncidentId, Optional<Incident>> archive;
    private Optional<LiveMessage.RunningExercise> exercise = Optional.empty();
    private Optional<LiveMessage.Stats> stats = Optional.empty();

    /**
     * @param exerciseTitles from an exercise's id to its title
     * @param archive where incidents are found that were over before the picture began, or are over for long
     */
    public LivePicture(Function<String, String> exerciseTitles, Function<IncidentId, Optional<Incident>> archive) {
        this.exerciseTitles = exerciseTitles;
        this.archive = archive;
    }

    /** Takes over what the store knew: the picture before the outcomes that are read from now on. */
    public synchronized void begin(
            Collection<Incident> known,
            Map<DatastreamId, LiveMessage.HealthState> knownHealth,
            Collection<StoredObservation> knownLatest,
            Collection<RunningExercise> running) {
        known.forEach(incident -> incidents.put(incident.id(), incident));
        health.putAll(knownHealth);
        knownLatest.forEach(stored -> latest.put(stored.observation().datastream(), stored.observation()));
        exercise = running.stream().findFirst().map(one -> exercise(one.exercise(), one.since()));
    }

    /** An outcome of a site's fold. */
    public void on(SiteOutcome outcome) {
        switch (outcome) {
            case SiteOutcome.IncidentChanged o -> onIncident(o.event());
            case SiteOutcome.HealthChanged o -> onHealth(o);
            case SiteOutcome.CommandAnswered o -> onAnswer(o);
            case SiteOutcome.ExerciseChanged o -> onExercise(o);
            case SiteOutcome.Detected ignored -> {}
            case SiteOutcome.Discarded ignored -> {}
            case SiteOutcome.CalibrationChanged ignored -> {}
            case SiteOutcome.TrustChanged ignored -> {}
            case SiteOutcome.Gathered ignored -> {}
        }
    }

    /** A campaign has become this; of those in the picture only open ones stay. */
    public synchronized void on(Campaign campaign) {
        if (campaign.status() == CampaignStatus.OPEN) {
            campaigns.put(campaign.id(), campaign);
        } else {
            campaigns.remove(campaign.id());
        }
        tellAll(new LiveMessage.CampaignChanged(CampaignSummary.of(campaign)));
    }

    /** The open campaigns, the most critical first. */
    public synchronized List<Campaign> listCampaigns() {
        return campaigns.values().stream()
                .sorted(Comparator.comparing(Campaign::level)
                        .thenComparing(Campaign::openedAt)
                        .reversed())
                .toList();
    }

    /** The open campaign with this id. */
    public synchronized Optional<Campaign> findCampaign(CampaignId id) {
        return Optional.ofNullable(campaigns.get(id));
    }

    /** An observation entered the log. */
    public void on(Observation observation) {
        Observation before = latest.get(observation.datastream());
        if (before == null || !observation.phenomenonTime().isBefore(before.phenomenonTime())) {
            latest.put(observation.datastream(), observation);
            changed.put(observation.datastream(), observation);
        }
    }

    /** Tells the screens what was read since the last call. */
    public void tellReadings() {
        if (changed.isEmpty()) {
            return;
        }
        Map<String, Object[]> readings = new LinkedHashMap<>();
        for (var entries = changed.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<DatastreamId, Observation> entry = entries.next();
            entries.remove();
            readings.put(entry.getKey().value(), reading(entry.getValue()));
        }
        tellAll(new LiveMessage.Readings(readings));
    }

    /** Tells the screens how the platform fares. */
    public void tellStats(LiveMessage.Stats now) {
        synchronized (this) {
            stats = Optional.of(now);
        }
        tellAll(now);
    }

    /** The last told. */
    public synchronized Optional<LiveMessage.Stats> findStats() {
        return stats;
    }

    /** How many datastreams are silent. */
    public synchronized long countSilent() {
        return health.values().stream()
                .filter(state -> state.health() == Health.SILENT)
                .count();
    }

    /** The incident as far as it is in the picture: every live one, and the last that ended. */
    public synchronized Optional<Incident> findIncident(IncidentId id) {
        return Optional.ofNullable(incidents.get(id));
    }

    /** Completes with the answer to a command that is about to be given. */
    public CompletableFuture<SiteOutcome.CommandAnswered> awaitAnswer(String commandId) {
        CompletableFuture<SiteOutcome.CommandAnswered> answer = new CompletableFuture<>();
        awaited.put(commandId, answer);
        answer.whenComplete((done, failure) -> awaited.remove(commandId));
        return answer;
    }

    /** A screen connected: it gets everything now, and every change from now on. */
    public void connect(Object id, Function<LiveMessage, CompletionStage<Void>> send) {
        Screen screen = new Screen(send);
        synchronized (this) {
            // Under the lock, so that no change falls between the state and the first message after it.
            screens.put(id, screen);
            screen.tell(state());
        }
    }

    /** A screen went away. */
    public void disconnect(Object id) {
        Screen screen = screens.remove(id);
        if (screen != null) {
            screen.close();
        }
    }

    private LiveMessage.State state() {
        Map<String, Object[]> readings = new HashMap<>();
        latest.forEach((datastream, observed) -> readings.put(datastream.value(), reading(observed)));
        Map<String, LiveMessage.HealthState> healths = new HashMap<>();
        health.forEach((datastream, state) -> healths.put(datastream.value(), state));
        List<IncidentSummary> summaries = incidents.values().stream()
                .map(IncidentSummary::of)
                .sorted(Comparator.comparing(IncidentSummary::level)
                        .thenComparing(IncidentSummary::openedAt)
                        .reversed())
                .toList();
        return new LiveMessage.State(
                Instant.now(),
                exercise,
                summaries,
                listCampaigns().stream().map(CampaignSummary::of).toList(),
                readings,
                healths,
                stats);
    }

    private synchronized void onIncident(IncidentEvent event) {
        Incident before = incidents.get(event.incident());
        if (before == null && event instanceof IncidentEvent.Reopened) {
            // It was over for so long that the picture has forgotten it, or was never told of it.
            before = archive.apply(event.incident()).orElse(null);
        }
        Incident after;
        if (before == null) {
            if (!(event instanceof IncidentEvent.Opened opened)) {
                LOG.debugf(
                        "Event %d of incident %s, which is no longer in the picture",
                        event.sequence(), event.incident());
                return;
            }
            after = Incident.begin(opened);
        } else if (event.sequence() <= before.sequence()) {
            return;
        } else {
            after = before.on(event);
        }
        incidents.put(after.id(), after);
        if (before != null && before.status().isLive() && !after.status().isLive()) {
            closed.addLast(after.id());
            if (closed.size() > CLOSED_KEPT) {
                Incident oldest = incidents.get(closed.removeFirst());
                if (oldest != null && !oldest.status().isLive()) {
                    incidents.remove(oldest.id());
                }
            }
        }
        // An incident that was only opened has no title and no probability yet: its assessment follows at once.
        if (!(event instanceof IncidentEvent.Opened)) {
            tellAll(new LiveMessage.IncidentChanged(IncidentSummary.of(after)));
        }
    }

    private synchronized void onHealth(SiteOutcome.HealthChanged changed) {
        health.put(
                changed.datastream(), new LiveMessage.HealthState(changed.health(), changed.since(), changed.detail()));
        tellAll(new LiveMessage.HealthChanged(
                changed.datastream().value(), changed.health(), changed.since(), changed.detail()));
    }

    private void onAnswer(SiteOutcome.CommandAnswered answered) {
        CompletableFuture<SiteOutcome.CommandAnswered> waiting = awaited.get(answered.commandId());
        if (waiting != null) {
            waiting.complete(answered);
        }
    }

    private synchronized void onExercise(SiteOutcome.ExerciseChanged changed) {
        exercise = changed.exercise().map(id -> exercise(id, changed.at()));
        tellAll(new LiveMessage.ExerciseChanged(exercise));
    }

    private LiveMessage.RunningExercise exercise(String id, Instant since) {
        return new LiveMessage.RunningExercise(id, exerciseTitles.apply(id), since);
    }

    private void tellAll(LiveMessage message) {
        screens.values().forEach(screen -> screen.tell(message));
    }

    private static Object[] reading(Observation observation) {
        return new Object[] {observation.phenomenonTime(), ReadingValue.of(observation.result())};
    }
}
