// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.polias.model.city.DetectorSettings;

/** Applies a city's detector settings to kinds of detectors. */
public final class Settings {

    private Settings() {}

    /**
     * The detectors of these kinds at {@code site}. A setting that has a problem has no effect here: a fold must go on with
     * whatever its log tells; {@link #listProblems} is where people learn of it, before it enters the log.
     */
    public static List<Wiring> wire(SiteIndex site, Collection<DetectorKind> kinds) {
        List<Wiring> wirings = new ArrayList<>();
        for (DetectorKind kind : kinds) {
            for (Subject subject : kind.scope().listSubjects(site)) {
                Parameters parameters = resolve(site, kind, subject);
                if (parameters.isOn(DetectorKind.ENABLED.name())) {
                    assemble(site, kind, subject, parameters).ifPresent(wirings::add);
                }
            }
        }
        return wirings;
    }

    /**
     * Everything that is wrong with the settings of {@code sites}, each message with advice. The sites of a city are checked
     * together, since its files have one list of settings for all of them: what one site does not know another may.
     */
    public static List<String> listProblems(List<SiteIndex> sites, Collection<DetectorKind> kinds) {
        Set<String> problems = new LinkedHashSet<>();
        Map<String, DetectorKind> byName = new TreeMap<>();
        kinds.forEach(kind -> byName.put(kind.name(), kind));
        TreeSet<String> everything = new TreeSet<>();
        sites.forEach(site -> addEverySubject(site, everything));
        for (SiteIndex site : sites) {
            int number = 0;
            for (DetectorSettings settings : site.definition().detectors()) {
                number++;
                String where = "Detector setting %d (%s): ".formatted(number, settings.detector());
                DetectorKind kind = byName.get(settings.detector());
                if (kind == null) {
                    problems.add(where
                            + "there is no such detector.%n%s"
                                    .formatted(advise(settings.detector(), byName.keySet(), "the detectors are")));
                } else {
                    checkParameters(where, kind, settings, problems);
                    checkSubjects(where, kind, sites, settings, everything, problems);
                }
            }
            for (DetectorKind kind : kinds) {
                for (Subject subject : kind.scope().listSubjects(site)) {
                    findContradiction(site, kind, subject).ifPresent(problems::add);
                }
            }
        }
        return List.copyOf(problems);
    }

    private static Optional<String> findContradiction(SiteIndex site, DetectorKind kind, Subject subject) {
        try {
            kind.assembly().assemble(site, subject, resolve(site, kind, subject));
            return Optional.empty();
        } catch (IllegalArgumentException contradiction) {
            return Optional.of(
                    "Detector %s of '%s': %s".formatted(kind.name(), subject.id(), contradiction.getMessage()));
        }
    }

    private static void checkParameters(
            String where, DetectorKind kind, DetectorSettings settings, Set<String> problems) {
        settings.parameters().forEach((name, text) -> {
            Optional<Parameter> parameter = kind.findParameter(name);
            if (parameter.isEmpty()) {
                List<String> known =
                        kind.parameters().stream().map(Parameter::name).toList();
                problems.add(where
                        + "it has no parameter '%s'.%n%s".formatted(name, advise(name, known, "its parameters are")));
            } else {
                parameter.get().findProblem(text).ifPresent(problem -> problems.add(where + problem));
            }
        });
    }

    private static void checkSubjects(
            String where,
            DetectorKind kind,
            List<SiteIndex> sites,
            DetectorSettings settings,
            TreeSet<String> everything,
            Set<String> problems) {
        TreeSet<String> fitting = new TreeSet<>();
        for (SiteIndex site : sites) {
            kind.scope().listSubjects(site).forEach(subject -> fitting.addAll(subject.names()));
        }
        for (String name : settings.subjects()) {
            if (fitting.contains(name)) {
                continue;
            }
            if (everything.contains(name)) {
                problems.add(
                        where + "it cannot watch '%s'.%n%s".formatted(name, advise(name, fitting, "it can watch")));
            } else {
                problems.add(where
                        + "the site has nothing that is called '%s'.%n%s"
                                .formatted(name, advise(name, fitting, "it can watch")));
            }
        }
    }

    private static String advise(String word, Collection<String> known, String introduction) {
        if (known.isEmpty()) {
            return "Maybe remove the setting: nothing at this site fits it.";
        }
        return Texts.findNearest(word, known)
                .map("Maybe '%s' is meant."::formatted)
                .orElseGet(() -> "Maybe look at the names: %s %s%s."
                        .formatted(
                                introduction,
                                String.join(", ", known.stream().limit(20).toList()),
                                known.size() > 20 ? ", ..." : ""));
    }

    private static void addEverySubject(SiteIndex site, Set<String> everything) {
        everything.add(site.definition().site().id().value());
        site.definition().zones().forEach(zone -> everything.add(zone.id().value()));
        site.definition().assets().forEach(asset -> everything.add(asset.id().value()));
        site.definition().datastreams().forEach(datastream -> {
            everything.add(datastream.id().value());
            everything.add(datastream.property());
        });
    }

    private static Parameters resolve(SiteIndex site, DetectorKind kind, Subject subject) {
        Map<String, String> values = new TreeMap<>();
        for (DetectorSettings settings : site.definition().detectors()) {
            if (settings.detector().equals(kind.name())
                    && (settings.subjects().isEmpty()
                            || settings.subjects().stream().anyMatch(subject.names()::contains))) {
                settings.parameters().forEach((name, text) -> {
                    Optional<Parameter> parameter = kind.findParameter(name);
                    if (parameter.isPresent()
                            && parameter.get().findProblem(text).isEmpty()) {
                        values.put(name, text);
                    }
                });
            }
        }
        return new Parameters(kind, values);
    }

    private static Optional<Wiring> assemble(
            SiteIndex site, DetectorKind kind, Subject subject, Parameters parameters) {
        try {
            return kind.assembly().assemble(site, subject, parameters);
        } catch (IllegalArgumentException contradiction) {
            // Reported by listProblems; the standard parameters never contradict each other.
            return kind.assembly().assemble(site, subject, new Parameters(kind, Map.of()));
        }
    }
}
