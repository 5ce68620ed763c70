// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.polias.fuse.site.SensorSpot;
import org.polias.fuse.site.SiteModel;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.detection.DetectionType;
import org.polias.model.detection.EntityRef;
import org.polias.model.detection.Evidence;
import org.polias.model.detection.Phase;
import org.polias.model.event.Health;
import org.polias.model.event.SiteOutcome;
import org.polias.model.event.Step;
import org.polias.model.id.DatastreamId;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Incident;
import org.polias.model.incident.IncidentEvent;
import org.polias.model.incident.IncidentType;
import org.polias.model.incident.OperatorCommand;
import org.polias.model.observation.ObservationId;
import org.polias.model.place.Place;
import org.polias.model.response.Playbook;
import org.polias.model.response.PlaybookStep;

/**
 * Plays a story to fusion and writes down what came of it. A line is seconds since noon, a verb and its arguments; incidents are
 * called A, B, C in the order in which they opened:
 *
 * <pre>
 *   0     claim IMPULSE_NOISE mic-1 5.0 [begin|update|end] [ip=10.0.0.1] [asset=gate-3] [sigma=30] [at=50,50] [time=2018-...]
 *   60    tick
 *   61    acknowledge|resolve|reopen A ana     assign A ana bob     note A ana text     dismiss A ana FALSE_ALARM
 *         merge A ana B
 *         split A ana acoustic.impulse/test-detector/mic-1 ...
 *   62    health mic-1 SILENT        63  exercise drill | exercise -       64  playbook A evacuate
 * </pre>
 */
public final class Story {

    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Fusion<DefaultFusionState> fusion;
    private final Map<IncidentId, Character> letters = new LinkedHashMap<>();
    private final Map<IncidentId, Incident> folded = new TreeMap<>();
    private final List<SiteOutcome> outcomes = new ArrayList<>();
    private final SiteModel site;
    private DefaultFusionState state;
    private int commands;

    private Story(SiteDefinition definition, FusionSettings settings) {
        fusion = new DefaultFusion(settings);
        site = SiteModel.of(definition);
        state = fusion.initial();
        play(new FusionInput.Configured(NOON.minusSeconds(1), definition));
    }

    /** A story in the {@link Town}. */
    public static Story inTown() {
        return new Story(Town.definition(), FusionSettings.defaults());
    }

    public static Story in(SiteDefinition definition) {
        return new Story(definition, FusionSettings.defaults());
    }

    public static Story inTown(FusionSettings settings) {
        return new Story(Town.definition(), settings);
    }

    /** Plays the lines and returns what came of each, a line for an outcome, for example {@code A opened}. */
    public List<String> tell(String lines) {
        List<String> told = new ArrayList<>();
        for (String line : lines.strip().split("\n")) {
            if (!line.isBlank()) {
                for (SiteOutcome outcome : play(input(line.strip().split("\\s+")))) {
                    // What is learned has tests of its own.
                    if (!(outcome instanceof SiteOutcome.CalibrationChanged)) {
                        told.add(describe(outcome));
                    }
                }
            }
        }
        return told;
    }

    /** Plays one input; checks that the state's incidents are the fold of what was published. */
    public List<SiteOutcome> play(FusionInput input) {
        Step<DefaultFusionState, SiteOutcome> step = fusion.on(state, input);
        state = step.state();
        for (SiteOutcome outcome : step.outputs()) {
            outcomes.add(outcome);
            if (outcome instanceof SiteOutcome.IncidentChanged changed) {
                fold(changed.event());
            }
        }
        for (Map.Entry<IncidentId, Incident> entry : folded.entrySet()) {
            Optional<Incident> known = state.findIncident(entry.getKey());
            if (known.isPresent() && !known.get().equals(entry.getValue())) {
                throw new AssertionError(
                        "State has %s%nbut its events fold to %s".formatted(known.get(), entry.getValue()));
            }
        }
        return step.outputs();
    }

    public DefaultFusionState state() {
        return state;
    }

    /** Everything that was published. */
    public List<SiteOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** The incident with this letter, as its published events fold. */
    public Incident incident(char letter) {
        return folded.get(id(String.valueOf(letter)));
    }

    /** Every incident there ever was, as its published events fold. */
    public List<Incident> incidents() {
        return letters.keySet().stream().map(folded::get).toList();
    }

    public IncidentType leading(char letter) {
        return incident(letter).findLeadingHypothesis().orElseThrow().type();
    }

    public double probability(char letter, IncidentType type) {
        return incident(letter).hypotheses().stream()
                .filter(hypothesis -> hypothesis.type() == type)
                .findFirst()
                .orElseThrow()
                .probability();
    }

    public CriticalityLevel level(char letter) {
        return incident(letter).criticality().orElseThrow().level();
    }

    /** The detection that a {@code claim} line tells of. */
    public Detection detection(String line) {
        return detection(line.strip().split("\\s+"));
    }

    private void fold(IncidentEvent event) {
        if (event instanceof IncidentEvent.Opened opened) {
            letters.put(opened.incident(), (char) ('A' + letters.size()));
            folded.put(opened.incident(), Incident.begin(opened));
        } else {
            folded.compute(event.incident(), (id, incident) -> incident.on(event));
        }
    }

    private String describe(SiteOutcome outcome) {
        return switch (outcome) {
            case SiteOutcome.IncidentChanged changed -> {
                IncidentEvent event = changed.event();
                String what =
                        switch (event) {
                            case IncidentEvent.Opened ignored -> "opened";
                            case IncidentEvent.Reassessed e ->
                                "reassessed, lines " + e.changed().size();
                            case IncidentEvent.Advised e -> "advised " + e.playbook();
                            case IncidentEvent.Acknowledged e -> "acknowledged by " + e.by();
                            case IncidentEvent.Assigned e -> "assigned to " + e.to() + " by " + e.by();
                            case IncidentEvent.Noted e -> "noted " + e.text() + " by " + e.by();
                            case IncidentEvent.Resolved e -> "resolved by " + e.by();
                            case IncidentEvent.Dismissed e -> "dismissed as " + e.reason() + " by " + e.by();
                            case IncidentEvent.Reopened e -> "reopened by " + e.by();
                            case IncidentEvent.MergedInto e ->
                                "merged into " + letters.get(e.target()) + " by " + e.by();
                            case IncidentEvent.Absorbed e -> "absorbed " + letters.get(e.source());
                            case IncidentEvent.SplitOff e ->
                                "lost " + e.evidence().size() + " by " + e.by();
                            case IncidentEvent.SplitFrom e -> "split from " + letters.get(e.source());
                        };
                yield letters.get(event.incident()) + " " + what;
            }
            case SiteOutcome.CommandAnswered answered ->
                answered.refusal().map(refusal -> "refused: " + name(refusal)).orElse("done");
            case SiteOutcome.ExerciseChanged changed ->
                "exercise " + changed.exercise().orElse("-");
            case SiteOutcome.TrustChanged changed ->
                (changed.doubted() ? "doubts " : "believes ") + changed.sensor().value();
            case SiteOutcome.Gathered gathered -> throw new AssertionError("Nobody asked for it.");
            case SiteOutcome.CalibrationChanged changed ->
                "learned of " + changed.change().type().code();
            case SiteOutcome.Detected ignored -> throw new AssertionError("Fusion detects nothing.");
            case SiteOutcome.HealthChanged ignored -> throw new AssertionError("Fusion does not judge health.");
            case SiteOutcome.Discarded ignored -> throw new AssertionError("Fusion discards nothing.");
        };
    }

    private String name(String refusal) {
        String named = refusal.split("\n")[0];
        for (Map.Entry<IncidentId, Character> entry : letters.entrySet()) {
            named = named.replace(entry.getKey().value(), entry.getValue().toString());
        }
        return named;
    }

    private IncidentId id(String letter) {
        return letters.entrySet().stream()
                .filter(entry -> entry.getValue().toString().equals(letter))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(new IncidentId("I-" + letter));
    }

    private FusionInput input(String[] words) {
        Instant at = at(words);
        return switch (words[1]) {
            case "claim" -> new FusionInput.Claimed(at, detection(words));
            case "tick" -> new FusionInput.Ticked(at);
            case "health" ->
                new FusionInput.HealthChanged(
                        at, new DatastreamId(words[2]), Health.valueOf(words[3]), Optional.of(at.minusSeconds(30)));
            case "exercise" ->
                words[2].equals("-") ? new FusionInput.ExerciseEnded(at) : new FusionInput.ExerciseBegan(at, words[2]);
            case "playbook" ->
                new FusionInput.PlaybookFound(
                        at,
                        id(words[2]),
                        new Playbook(
                                words[3],
                                "Title of " + words[3],
                                java.util.Set.of(),
                                CriticalityLevel.LOW,
                                List.of(new PlaybookStep("steward", "open the gates"))));
            default -> new FusionInput.Commanded(at, command(words));
        };
    }

    private OperatorCommand command(String[] words) {
        String commandId = words[1].startsWith("again:") ? "c-" + words[1].substring(6) : "c-" + ++commands;
        String verb = words[1].startsWith("again:") ? "acknowledge" : words[1];
        IncidentId id = id(words[2]);
        String by = words[3];
        String rest = words.length > 4 ? String.join(" ", Arrays.copyOfRange(words, 4, words.length)) : "";
        return switch (verb) {
            case "acknowledge" -> new OperatorCommand.Acknowledge(commandId, id, by);
            case "assign" -> new OperatorCommand.Assign(commandId, id, by, rest);
            case "note" -> new OperatorCommand.Note(commandId, id, by, rest);
            case "resolve" -> new OperatorCommand.Resolve(commandId, id, by, rest);
            case "dismiss" -> new OperatorCommand.Dismiss(commandId, id, by, DismissalReason.valueOf(words[4]), "");
            case "reopen" -> new OperatorCommand.Reopen(commandId, id, by, rest);
            case "merge" -> new OperatorCommand.Merge(commandId, id, by, id(words[4]));
            case "split" ->
                new OperatorCommand.Split(
                        commandId,
                        id,
                        by,
                        Arrays.stream(words)
                                .skip(4)
                                .map(key -> "evidence/" + key)
                                .toList(),
                        "");
            default -> throw new IllegalArgumentException("The story does not know the verb " + verb + ".");
        };
    }

    private Detection detection(String[] words) {
        Instant at = at(words);
        Instant time = at;
        DetectionType type = DetectionType.valueOf(words[2]);
        String subject = words[3];
        double weight = Double.parseDouble(words[4]);
        Phase phase = Phase.MOMENT;
        SensorSpot sensor = site.sensors().get(subject);
        double east = sensor.at().east_m();
        double north = sensor.at().north_m();
        double sigma = sensor.range_m();
        List<EntityRef> entities = new ArrayList<>();
        for (int i = 5; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            if (pair.length == 1) {
                phase = Phase.valueOf(words[i].toUpperCase(Locale.ROOT));
            } else {
                switch (pair[0]) {
                    case "sigma" -> sigma = Double.parseDouble(pair[1]);
                    case "time" -> time = Instant.parse(pair[1]);
                    case "at" -> {
                        east = Double.parseDouble(pair[1].split(",")[0]);
                        north = Double.parseDouble(pair[1].split(",")[1]);
                    }
                    default -> entities.add(new EntityRef(pair[0], pair[1]));
                }
            }
        }
        String detector = "test-detector";
        return new Detection(
                Detection.idOf(Town.KEY, type, phase, detector, subject, time),
                Town.KEY,
                type,
                phase,
                detector,
                subject,
                time,
                at,
                phase == Phase.END ? 0 : weight,
                Place.within(Town.at(east, north), sigma),
                entities,
                List.of(new Evidence(
                        new DatastreamId(subject),
                        ObservationId.ofDeviceIdentity(new DatastreamId(subject), time.toString()),
                        time)),
                Map.of(),
                "%s says %s.".formatted(subject, type.code()));
    }

    private static Instant at(String[] words) {
        return NOON.plus(Duration.ofMillis(Math.round(Double.parseDouble(words[0]) * 1000)));
    }
}
