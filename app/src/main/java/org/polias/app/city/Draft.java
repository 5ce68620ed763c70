// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import org.polias.model.city.DetectorSettings;
import org.polias.model.response.Playbook;

/**
 * What has been read of a city so far. An element that is wrong in itself still counts as declared, so that what refers to it is
 * not reported as well.
 */
final class Draft {

    final ProblemLog log = new ProblemLog();
    final Map<String, SiteDraft> sites = new LinkedHashMap<>();
    final Map<String, Declared> zones = new LinkedHashMap<>();
    final Map<String, Declared> assets = new LinkedHashMap<>();
    final Map<String, Declared> things = new LinkedHashMap<>();
    final Map<String, Declared> sensors = new LinkedHashMap<>();
    final Map<String, Declared> datastreams = new LinkedHashMap<>();
    final Set<String> observedProperties = new TreeSet<>();
    final List<Configured> detectors = new ArrayList<>();
    final Map<String, PlaybookDraft> playbooks = new TreeMap<>();
    final List<EveSource> sources = new ArrayList<>();

    /** The site that a mapping names, or the only one. */
    Optional<SiteDraft> siteOf(Fields fields) {
        Optional<String> name = fields.findText("site");
        if (name.isEmpty()) {
            if (sites.size() == 1) {
                return Optional.of(sites.values().iterator().next());
            }
            if (sites.size() > 1) {
                fields.requirePresent("site", "Maybe one of %s.".formatted(String.join(", ", sites.keySet())));
            }
            return Optional.empty();
        }
        SiteDraft site = sites.get(name.get());
        // Without any readable site, city.yaml is what is wrong, and is reported.
        if (site == null && !sites.isEmpty()) {
            unknown(fields, "site", name.get(), sites.keySet());
        }
        return Optional.ofNullable(site);
    }

    /** The site to which something declared belongs, where that is known. */
    Optional<String> siteOf(Map<String, Declared> declared, String id) {
        return Optional.ofNullable(declared.get(id)).flatMap(Declared::site);
    }

    /**
     * The id to which a member refers, if that is declared.
     *
     * @param site the site to which it must belong, where that is known
     */
    Optional<String> reference(Fields fields, String key, Map<String, Declared> declared, Optional<String> site) {
        Optional<String> id = fields.findText(key);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Declared target = declared.get(id.get());
        if (target == null) {
            unknown(fields, key, id.get(), declared.keySet());
            return Optional.empty();
        }
        if (site.isPresent() && target.site.isPresent() && !site.equals(target.site)) {
            fields.fail(
                    key,
                    id.get(),
                    "refers to the %s %s, which belongs to the site %s and not to %s."
                            .formatted(key, ProblemLog.quote(id.get()), target.site.get(), site.get()),
                    "");
            return Optional.empty();
        }
        return id;
    }

    void unknown(Fields fields, String key, String id, Set<String> known) {
        fields.fail(
                key,
                id,
                "refers to the %s %s, which there is not.".formatted(key, ProblemLog.quote(id)),
                Nearest.advice(
                        id,
                        known,
                        known.isEmpty() ? "Maybe a file is missing." : "Maybe it is spelled in another way there."));
    }

    /** Calls {@code each} for every element of a list of mappings; nothing is an empty list. */
    void eachMapping(String file, Node node, BiConsumer<String, Node.Mapping> each) {
        switch (node) {
            case Node.Scalar scalar when scalar.absent() -> {}
            case Node.Items items -> {
                for (Node item : items.items()) {
                    if (item instanceof Node.Mapping mapping) {
                        each.accept(file, mapping);
                    } else {
                        log.add(
                                file,
                                item.line(),
                                "",
                                "The list has %s as an element; a mapping is expected.".formatted(item.describe()),
                                "Maybe the indentation of the lines below it.");
                    }
                }
            }
            case Node.Scalar _, Node.Mapping _ ->
                log.add(
                        file,
                        node.line(),
                        "",
                        "%s is %s; a list is expected.".formatted(file, node.describe()),
                        "Maybe begin each element with \"- \".");
        }
    }

    /** Declares an id, which must be new. */
    void declare(Map<String, Declared> declared, String kind, String id, Declared here) {
        Declared earlier = declared.putIfAbsent(id, here);
        if (earlier != null) {
            duplicate(kind, id, here, earlier);
        }
    }

    void duplicate(String kind, String id, Declared here, Declared earlier) {
        // An element without a readable id has been reported already.
        if (!id.equals(Fields.STAND_IN)) {
            log.add(
                    here.file,
                    here.line,
                    id,
                    "The %s %s exists already, in %s:%d."
                            .formatted(kind, ProblemLog.quote(id), earlier.file, earlier.line),
                    "Maybe a line was copied; ids are unique in a city.");
        }
    }

    /** What a mapping describes, to begin a sentence: {@code The zone "park"}. */
    static String title(String kind, Node.Mapping mapping) {
        return mapping.text("id")
                .filter(id -> !id.isBlank())
                .map(id -> "The %s %s".formatted(kind, ProblemLog.quote(id)))
                .orElse("The %s of line %d".formatted(kind, mapping.line()));
    }

    /** Where something is declared, and for which site, where that is known. */
    record Declared(String file, int line, Optional<String> site) {}

    /** A detector's settings and the line on which they begin. */
    record Configured(int line, DetectorSettings settings) {}

    /** A playbook and where it is declared. */
    record PlaybookDraft(Declared declared, Playbook playbook) {}
}
