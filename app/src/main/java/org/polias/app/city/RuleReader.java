// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.polias.model.city.DetectorSettings;
import org.polias.model.city.ResultKind;
import org.polias.model.id.DatastreamId;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.IncidentType;
import org.polias.model.response.Playbook;
import org.polias.model.response.PlaybookStep;

/** Reads what is to be done with what the sensors say: detectors' settings, playbooks, and the files to follow. */
final class RuleReader {

    private final Draft draft;

    RuleReader(Draft draft) {
        this.draft = draft;
    }

    void detector(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                "The detector setting of line %d".formatted(mapping.line()),
                mapping,
                List.of("detector", "subjects", "parameters"),
                draft.log);
        String detector = fields.text("detector", "Maybe write the detector's name.");
        Set<String> subjects = new LinkedHashSet<>();
        for (Node.Scalar subject : fields.scalars("subjects")) {
            if (isSubject(subject.text())) {
                subjects.add(subject.text());
            } else {
                Set<String> known = new TreeSet<>(draft.observedProperties);
                List.of(draft.sites.keySet(), draft.zones.keySet(), draft.assets.keySet(), draft.datastreams.keySet())
                        .forEach(known::addAll);
                fields.fail(
                        "subjects",
                        subject.text(),
                        "has the subject %s, which is neither a datastream, zone, asset or site nor an observed property."
                                .formatted(ProblemLog.quote(subject.text())),
                        Nearest.advice(subject.text(), known, ""));
            }
        }
        Map<String, String> parameters = new TreeMap<>();
        fields.find("parameters").ifPresent(node -> {
            if (node instanceof Node.Mapping values) {
                new Fields(
                        file,
                        "The parameters of %s".formatted(ProblemLog.quote(detector)),
                        values,
                        values.entries().stream().map(Node.Entry::key).toList(),
                        draft.log);
                for (Node.Entry entry : values.entries()) {
                    if (entry.value() instanceof Node.Scalar scalar && !scalar.absent()) {
                        parameters.put(entry.key(), scalar.text().strip());
                    } else {
                        fields.fail(
                                "parameters",
                                entry.key(),
                                "has %s as its parameter %s; a single value is expected."
                                        .formatted(entry.value().describe(), ProblemLog.quote(entry.key())),
                                "");
                    }
                }
            } else {
                fields.fail(
                        "parameters",
                        "",
                        "has %s as its parameters; a mapping is expected.".formatted(node.describe()),
                        "Maybe write each as \"name: value\".");
            }
        });
        if (fields.areSound()) {
            draft.detectors.add(
                    new Draft.Configured(mapping.line(), new DetectorSettings(detector, subjects, parameters)));
        }
    }

    void playbook(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                Draft.title("playbook", mapping),
                mapping,
                List.of("id", "title", "for", "from", "site", "steps"),
                draft.log);
        String id = fields.id("id");
        String title = fields.text("title", "Maybe write what it is for, in a few words.");
        Set<IncidentType> types = new TreeSet<>();
        for (Node.Scalar type : fields.scalars("for")) {
            fields.oneOf("for", type.line(), type.text(), List.of(IncidentType.values()), IncidentType::code)
                    .ifPresent(types::add);
        }
        fields.requirePresent("for", "Maybe write \"for: [armed-attack]\".");
        CriticalityLevel from = fields.findOneOf("from", CriticalityLevel.class).orElse(CriticalityLevel.LOW);
        Optional<String> site =
                fields.find("site").isPresent() ? draft.siteOf(fields).map(SiteDraft::id) : Optional.empty();
        List<PlaybookStep> steps = new ArrayList<>();
        fields.find("steps")
                .ifPresent(node -> draft.eachMapping(file, node, (name, step) -> {
                    Fields of = new Fields(
                            name,
                            "The step of line %d of %s".formatted(step.line(), ProblemLog.quote(id)),
                            step,
                            List.of("role", "action"),
                            draft.log);
                    steps.add(new PlaybookStep(
                            of.text("role", "Maybe write who does it."),
                            of.text("action", "Maybe write what is to be done.")));
                }));
        if (steps.isEmpty()) {
            fields.fail("steps", "", "has no steps.", "Maybe write \"steps: [{role: operator, action: ...}]\".");
        }
        Draft.PlaybookDraft read = new Draft.PlaybookDraft(
                new Draft.Declared(file, mapping.line(), site), new Playbook(id, title, types, from, steps));
        Draft.PlaybookDraft earlier = draft.playbooks.putIfAbsent(id, read);
        if (earlier != null) {
            draft.duplicate("playbook", id, read.declared(), earlier.declared());
        }
    }

    void source(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                "The source of line %d".formatted(mapping.line()),
                mapping,
                List.of("eve", "datastream"),
                draft.log);
        String eve = fields.text("eve", "Maybe write the file into which Suricata writes.");
        fields.requirePresent("datastream", "Maybe write the id of a datastream of network events.");
        Optional<String> datastream = draft.reference(fields, "datastream", draft.datastreams, Optional.empty());
        datastream
                .flatMap(id -> draft.sites.values().stream()
                        .flatMap(site -> site.datastreams.stream())
                        .filter(stream -> stream.id().value().equals(id))
                        .findFirst())
                .filter(stream -> stream.resultKind() != ResultKind.EVENT)
                .ifPresent(stream -> fields.fail(
                        "datastream",
                        stream.id().value(),
                        "feeds the datastream %s, whose results are %s and not events."
                                .formatted(ProblemLog.quote(stream.id().value()), Fields.code(stream.resultKind())),
                        "Maybe another datastream."));
        try {
            Path path = Path.of(eve);
            if (fields.areSound() && datastream.isPresent()) {
                draft.sources.add(new EveSource(new DatastreamId(datastream.get()), path));
            }
        } catch (InvalidPathException e) {
            fields.fail("eve", eve, "has the file name %s, which cannot be.".formatted(ProblemLog.quote(eve)), "");
        }
    }

    private boolean isSubject(String name) {
        return draft.datastreams.containsKey(name)
                || draft.zones.containsKey(name)
                || draft.assets.containsKey(name)
                || draft.sites.containsKey(name)
                || draft.observedProperties.contains(name);
    }
}
