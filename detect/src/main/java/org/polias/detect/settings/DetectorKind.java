// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kind of detector: what can be configured of it and to what it applies.
 *
 * @param name the detectors' name
 * @param meaning one sentence
 * @param parameters what can be set; {@link #ENABLED} is always among them
 * @param scope lists what it can apply to
 * @param assembly makes the detector for one subject
 */
public record DetectorKind(String name, String meaning, List<Parameter> parameters, Scope scope, Assembly assembly) {

    /** Whether the detector works at all; every kind has it. */
    public static final Parameter ENABLED = Parameter.flag("enabled", true, "Whether it works at all.");

    /** Lists what a kind of detector can apply to at a site. */
    public interface Scope {
        List<Subject> listSubjects(SiteIndex site);
    }

    /** Makes the detector for one subject. */
    public interface Assembly {
        /**
         * The detector; empty where it has nothing to do without more settings, such as a limit.
         *
         * @throws IllegalArgumentException if parameters contradict each other; the message says how, and has advice
         */
        Optional<Wiring> assemble(SiteIndex site, Subject subject, Parameters parameters);
    }

    public DetectorKind {
        List<Parameter> all = new ArrayList<>(parameters);
        all.remove(ENABLED);
        all.addFirst(ENABLED);
        parameters = List.copyOf(all);
    }

    /** @throws IllegalArgumentException if it has no such parameter */
    public Parameter parameter(String parameter) {
        return findParameter(parameter)
                .orElseThrow(() -> new IllegalArgumentException(
                        "The detector '%s' has no parameter '%s'.".formatted(name, parameter)));
    }

    /** The parameter with this name. */
    public Optional<Parameter> findParameter(String parameter) {
        for (Parameter one : parameters) {
            if (one.name().equals(parameter)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }
}
