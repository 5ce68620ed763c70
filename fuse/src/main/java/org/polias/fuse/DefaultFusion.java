// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.polias.fuse.explanation.SilentStream;
import org.polias.fuse.learning.Learning;
import org.polias.fuse.learning.LearningState;
import org.polias.fuse.life.Answer;
import org.polias.fuse.life.Commands;
import org.polias.fuse.site.SiteModel;
import org.polias.fuse.site.ZoneCount;
import org.polias.fuse.trust.Roster;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.incident.Incident;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.learning.CalibrationChange;

/**
 * Fusion by association (which detections tell of the same thing), a log-odds ledger for each incident (what it is, and how
 * probably), criticality (how much it matters) and life (what operators and time do to it). How it reckons stands in {@code
 * docs/fusion.md}.
 *
 * <p>Until the site is {@linkplain FusionInput.Configured configured} there is nothing to fuse and no incident to command:
 * detections and commands before that have no effect.
 */
public final class DefaultFusion implements Fusion<DefaultFusionState> {

    private static final Duration COUNTED_AGAIN_AFTER = Duration.ofMinutes(1);

    private final FusionSettings settings;

    /** Fusion with the default settings. */
    public DefaultFusion() {
        this(FusionSettings.defaults());
    }

    public DefaultFusion(FusionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Class<DefaultFusionState> stateType() {
        return DefaultFusionState.class;
    }

    @Override
    public DefaultFusionState initial() {
        return new DefaultFusionState(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Roster.EMPTY,
                List.of(),
                Optional.empty());
    }

    /**
     * One step.
     *
     * @throws IllegalArgumentException if a detection is of another site than the one configured
     */
    @Override
    public Step<DefaultFusionState, SiteOutcome> on(DefaultFusionState state, FusionInput input) {
        return switch (input) {
            case FusionInput.Configured configured -> configured(state, configured);
            case FusionInput.ExerciseBegan began -> exercise(state, Optional.of(began.exercise()), began);
            case FusionInput.ExerciseEnded ended -> exercise(state, Optional.empty(), ended);
            case FusionInput.HealthChanged changed -> healthChanged(state, changed);
            case FusionInput.Counted counted -> counted(state, counted);
            case FusionInput.Claimed claimed ->
                state.site().map(site -> claimed(state, site, claimed)).orElseGet(() -> Step.silent(state));
            case FusionInput.Ticked ticked ->
                state.site().map(site -> ticked(state, site, ticked)).orElseGet(() -> Step.silent(state));
            case FusionInput.Commanded commanded ->
                state.site().map(site -> commanded(state, site, commanded)).orElseGet(() -> Step.silent(state));
            case FusionInput.PlaybookFound found ->
                state.site().map(site -> playbookFound(state, site, found)).orElseGet(() -> Step.silent(state));
        };
    }

    private Step<DefaultFusionState, SiteOutcome> configured(
            DefaultFusionState state, FusionInput.Configured configured) {
        if (state.site().isPresent()
                && state.site().get().revision().equals(configured.definition().revision())
                && state.site().get().key().equals(configured.definition().key())) {
            return Step.silent(state);
        }
        SiteModel site = SiteModel.of(configured.definition());
        DefaultFusionState next = new DefaultFusionState(
                Optional.of(site),
                state.exercise(),
                state.tentative(),
                state.live(),
                state.closed(),
                state.answers(),
                state.silent(),
                state.dueAt(),
                state.roster(),
                state.counts().stream()
                        .filter(count -> site.sensors().containsKey(count.datastream()))
                        .toList(),
                state.learning());
        // An exercise that began before the site was known could not be announced then.
        return state.site().isEmpty() && state.exercise().isPresent()
                ? new Step<>(
                        next, List.of(new SiteOutcome.ExerciseChanged(site.key(), state.exercise(), configured.at())))
                : Step.silent(next);
    }

    private static Step<DefaultFusionState, SiteOutcome> exercise(
            DefaultFusionState state, Optional<String> exercise, FusionInput input) {
        if (state.exercise().equals(exercise)) {
            return Step.silent(state);
        }
        DefaultFusionState next = new DefaultFusionState(
                state.site(),
                exercise,
                state.tentative(),
                state.live(),
                state.closed(),
                state.answers(),
                state.silent(),
                state.dueAt(),
                state.roster(),
                state.counts(),
                state.learning());
        return new Step<>(
                next,
                state.site().stream()
                        .map(site -> (SiteOutcome) new SiteOutcome.ExerciseChanged(site.key(), exercise, input.at()))
                        .toList());
    }

    private Step<DefaultFusionState, SiteOutcome> healthChanged(
            DefaultFusionState state, FusionInput.HealthChanged changed) {
        String datastream = changed.datastream().value();
        List<SilentStream> silent = new ArrayList<>(state.silent());
        silent.removeIf(stream -> stream.datastream().equals(datastream));
        silence(changed).ifPresent(silent::add);
        silent.sort(Comparator.comparing(SilentStream::datastream));
        if (silent.equals(state.silent())) {
            return Step.silent(state);
        }
        DefaultFusionState next = new DefaultFusionState(
                state.site(),
                state.exercise(),
                state.tentative(),
                state.live(),
                state.closed(),
                state.answers(),
                silent,
                state.dueAt(),
                state.roster(),
                state.counts(),
                state.learning());
        if (next.site().isEmpty()) {
            return Step.silent(next);
        }
        Turn turn = new Turn(next, next.site().get(), changed.at(), settings);
        turn.listSilentSensorsAnew();
        return turn.end();
    }

    /** Takes note of a count, unless it says little more than the one before: one in ten, and within a minute. */
    private static Step<DefaultFusionState, SiteOutcome> counted(
            DefaultFusionState state, FusionInput.Counted counted) {
        String datastream = counted.datastream().value();
        List<ZoneCount> before = state.counts();
        int index = 0;
        while (index < before.size() && before.get(index).datastream().compareTo(datastream) < 0) {
            index++;
        }
        boolean known = index < before.size() && before.get(index).datastream().equals(datastream);
        if (known) {
            ZoneCount last = before.get(index);
            boolean alike = 10 * Math.abs(counted.people() - last.people()) <= last.people();
            if (alike
                    && last.zone().equals(counted.zone().value())
                    && counted.at().isBefore(last.at().plus(COUNTED_AGAIN_AFTER))) {
                return Step.silent(state);
            }
        }
        List<ZoneCount> counts = new ArrayList<>(before);
        ZoneCount now = new ZoneCount(datastream, counted.zone().value(), counted.people(), counted.at());
        if (known) {
            counts.set(index, now);
        } else {
            counts.add(index, now);
        }
        return Step.silent(new DefaultFusionState(
                state.site(),
                state.exercise(),
                state.tentative(),
                state.live(),
                state.closed(),
                state.answers(),
                state.silent(),
                state.dueAt(),
                state.roster(),
                counts,
                state.learning()));
    }

    private static Optional<SilentStream> silence(FusionInput.HealthChanged changed) {
        return switch (changed.health()) {
            case SILENT, UNHEARD ->
                Optional.of(new SilentStream(changed.datastream().value(), changed.health(), changed.lastHeard()));
            // These report: what they report is the detectors' affair.
            case OK, STUCK, IMPLAUSIBLE -> Optional.empty();
        };
    }

    private Step<DefaultFusionState, SiteOutcome> claimed(
            DefaultFusionState state, SiteModel site, FusionInput.Claimed claimed) {
        if (!claimed.detection().site().equals(site.key())) {
            throw new IllegalArgumentException("Detection %s of site %s came to the fusion of site %s."
                    .formatted(claimed.detection().id(), claimed.detection().site(), site.key()));
        }
        Turn turn = new Turn(state, site, claimed.at(), settings);
        turn.claim(claimed.detection());
        return turn.end();
    }

    private Step<DefaultFusionState, SiteOutcome> ticked(
            DefaultFusionState state, SiteModel site, FusionInput.Ticked ticked) {
        Turn turn = new Turn(state, site, ticked.at(), settings);
        turn.letTimePass();
        return turn.end();
    }

    private Step<DefaultFusionState, SiteOutcome> playbookFound(
            DefaultFusionState state, SiteModel site, FusionInput.PlaybookFound found) {
        Turn turn = new Turn(state, site, found.at(), settings);
        turn.advise(found.incident(), found.playbook());
        return turn.end();
    }

    private Step<DefaultFusionState, SiteOutcome> commanded(
            DefaultFusionState state, SiteModel site, FusionInput.Commanded commanded) {
        OperatorCommand command = commanded.command();
        for (Answer answer : state.answers()) {
            if (answer.commandId().equals(command.commandId())) {
                return new Step<>(
                        state,
                        List.of(new SiteOutcome.CommandAnswered(
                                site.key(), command.commandId(), answer.refusal(), commanded.at())));
            }
        }
        Optional<String> refusal = Commands.findRefusal(command, state::findIncident);
        Turn turn = new Turn(state, site, commanded.at(), settings);
        if (refusal.isEmpty()) {
            turn.carryOut(command);
        }
        turn.answer(new Answer(command.commandId(), refusal));
        return learned(state, site, turn.end());
    }

    /** Learns from what a command made of an incident. */
    private static Step<DefaultFusionState, SiteOutcome> learned(
            DefaultFusionState before, SiteModel site, Step<DefaultFusionState, SiteOutcome> step) {
        LearningState learning = before.learning().orElse(LearningState.EMPTY);
        LearningState next = learning;
        List<SiteOutcome> outcomes = new ArrayList<>(step.outputs());
        for (SiteOutcome outcome : step.outputs()) {
            if (outcome instanceof SiteOutcome.IncidentChanged changed) {
                Optional<Incident> incident =
                        before.findIncident(changed.event().incident());
                if (incident.isPresent()) {
                    Step<LearningState, CalibrationChange> taught = Learning.on(next, incident.get(), changed.event());
                    next = taught.state();
                    taught.outputs()
                            .forEach(change -> outcomes.add(new SiteOutcome.CalibrationChanged(site.key(), change)));
                }
            }
        }
        if (next == learning) {
            return step;
        }
        DefaultFusionState state = step.state();
        return new Step<>(
                new DefaultFusionState(
                        state.site(),
                        state.exercise(),
                        state.tentative(),
                        state.live(),
                        state.closed(),
                        state.answers(),
                        state.silent(),
                        state.dueAt(),
                        state.roster(),
                        state.counts(),
                        Optional.of(next)),
                outcomes);
    }
}
