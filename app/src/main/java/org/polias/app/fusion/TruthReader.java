// SPDX-License-Identifier: Apache-2.0
package org.polias.app.fusion;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import org.polias.bench.fusion.TrueIncident;
import org.polias.model.id.DetectionId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.incident.IncidentType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads what was true of a stream of detections: a line {@code {"incident": ..., "site": ..., "type": ..., "detections": [...]}} for each
 * happening and {@code {"liar": SENSOR, "site": ...}} for each sensor that lies. Detections that no line names are false alarms.
 */
public final class TruthReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TENANT = "city";
    private static final String SITE = "site";

    private final List<TrueIncident> incidents = new ArrayList<>();
    private final TreeSet<String> liars = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /** Reads all of {@code in}, which is called {@code file}. */
    public TruthReader read(String file, BufferedReader in) throws IOException {
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (!line.isBlank()) {
                Optional<String> problem = take(line);
                if (problem.isPresent()) {
                    problems.add("%s:%d: %s".formatted(file, number, problem.get()));
                }
            }
        }
        return this;
    }

    /** What happened. */
    public List<TrueIncident> incidents() {
        return List.copyOf(incidents);
    }

    /** Who lies, as {@code SITE/SENSOR}. */
    public TreeSet<String> liars() {
        return new TreeSet<>(liars);
    }

    /** What is wrong, a line each. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private Optional<String> take(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return Optional.of("This is not JSON: %s".formatted(e.getOriginalMessage()));
        }
        String named = node.path("site").asText(SITE);
        Optional<SiteKey> site = site(named);
        if (site.isEmpty()) {
            return Optional.of(
                    "The site '%s' is no name of a site.%nMaybe use lower case letters, digits and hyphens, as in centre or town/centre."
                            .formatted(named));
        }
        if (node.hasNonNull("liar")) {
            liars.add(site.get().site().value() + "/" + node.get("liar").asText());
            return Optional.empty();
        }
        String id = node.path("incident").asText("");
        String code = node.path("type").asText("");
        Optional<IncidentType> type = Arrays.stream(IncidentType.values())
                .filter(each -> each.code().equals(code))
                .findFirst();
        if (id.isEmpty() || type.isEmpty() || !node.path("detections").isArray()) {
            return Optional.of(
                    "A line of truth needs incident, type (one of %s) and detections, or liar; this has incident '%s' and type '%s'."
                            .formatted(
                                    String.join(
                                            ", ",
                                            Arrays.stream(IncidentType.values())
                                                    .map(IncidentType::code)
                                                    .toList()),
                                    id,
                                    code));
        }
        List<DetectionId> detections = new ArrayList<>();
        node.get("detections").forEach(each -> detections.add(new DetectionId(each.asText())));
        incidents.add(new TrueIncident(site.get().text() + "/" + id, site.get(), type.get(), detections));
        return Optional.empty();
    }

    private static Optional<SiteKey> site(String named) {
        int slash = named.indexOf('/');
        try {
            return Optional.of(
                    slash < 0
                            ? new SiteKey(new TenantId(TENANT), new SiteId(named))
                            : new SiteKey(
                                    new TenantId(named.substring(0, slash)), new SiteId(named.substring(slash + 1))));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
    }
}
