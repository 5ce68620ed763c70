// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

import org.polias.model.Sorted;

/** The values of one detector's parameters: what the city's files set, else the standard. */
public final class Parameters {

    private final DetectorKind kind;
    private final SortedMap<String, String> set;

    /** @param set valid values by parameter name */
    Parameters(DetectorKind kind, Map<String, String> set) {
        this.kind = kind;
        this.set = Sorted.copyOf(set);
    }

    /** The number set or standard; empty where there is neither. */
    public Optional<Double> findNumber(String name) {
        String text = textOf(name);
        return text.isEmpty() ? Optional.empty() : Texts.findNumber(text);
    }

    /** @throws IllegalStateException if the parameter has neither a value nor a standard */
    public double number(String name) {
        return findNumber(name).orElseThrow(() -> missing(name));
    }

    /** @throws IllegalStateException if the parameter has neither a value nor a standard */
    public int whole(String name) {
        return Texts.findWhole(textOf(name)).orElseThrow(() -> missing(name));
    }

    /** @throws IllegalStateException if the parameter has neither a value nor a standard */
    public Duration duration(String name) {
        return Texts.findDuration(textOf(name)).orElseThrow(() -> missing(name));
    }

    public boolean isOn(String name) {
        return textOf(name).equals("true");
    }

    public String choice(String name) {
        return textOf(name);
    }

    private String textOf(String name) {
        String text = set.get(name);
        return text != null ? text : kind.parameter(name).standard();
    }

    private IllegalStateException missing(String name) {
        return new IllegalStateException(
                "The parameter '%s' of the detector '%s' has no value.".formatted(name, kind.name()));
    }
}
