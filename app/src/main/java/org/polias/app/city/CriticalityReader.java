// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.polias.model.id.StableHash;
import org.polias.model.id.ZoneId;
import org.polias.model.incident.CriticalityContext;
import org.polias.model.incident.CriticalityLevel;
import org.polias.model.incident.CriticalityMatrix;
import org.polias.model.incident.CriticalityRules;
import org.polias.model.incident.IncidentType;

/** Reads by what the city judges how much incidents matter: its matrix, and the context that raises or lowers a level. */
final class CriticalityReader {

    private static final int MOST_STEPS = 2;

    private final Draft draft;
    private final CalendarReader calendar;
    private CriticalityMatrix matrix = CriticalityMatrix.DEFAULT;

    CriticalityReader(Draft draft, CalendarReader calendar) {
        this.draft = draft;
        this.calendar = calendar;
    }

    void read(String file, Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            draft.log.add(
                    file,
                    node.line(),
                    "",
                    "%s is %s; a mapping is expected.".formatted(file, node.describe()),
                    "Maybe begin with \"context:\" or \"matrix:\".");
            return;
        }
        Fields fields = new Fields(file, "The file", mapping, List.of("matrix", "context"), draft.log);
        fields.find("matrix").ifPresent(found -> {
            if (found instanceof Node.Mapping parts) {
                matrix(file, parts);
            } else {
                fields.fail("matrix", "", "has %s as its matrix.".formatted(found.describe()), "");
            }
        });
        fields.find("context").ifPresent(found -> draft.eachMapping(file, found, this::context));
    }

    /** The rules for a site; nothing if the city has no file of them. */
    CriticalityRules rules(SiteDraft site) {
        StableHash hash = new StableHash();
        matrix.likelihoods().forEach(hash::add);
        matrix.consequences().forEach(hash::add);
        matrix.levels().forEach(row -> row.forEach(level -> hash.add(level.name())));
        for (CriticalityContext context : site.contexts) {
            hash.add(context.name())
                    .add(context.from().map(Instant::toString).orElse("-"))
                    .add(context.until().map(Instant::toString).orElse("-"))
                    .add(context.zone().map(Object::toString).orElse("-"))
                    .add(context.steps())
                    .add(context.people().map(Object::toString).orElse("-"));
            context.types().stream().map(Enum::name).sorted().forEach(hash::add);
        }
        return new CriticalityRules(hash.base32(), matrix, site.contexts);
    }

    private void matrix(String file, Node.Mapping mapping) {
        Fields fields =
                new Fields(file, "The matrix", mapping, List.of("likelihoods", "consequences", "levels"), draft.log);
        fields.requirePresent("likelihoods", "Maybe write \"likelihoods: [0, 0.01, 0.1, 0.5]\".");
        fields.requirePresent("consequences", "Maybe write \"consequences: [0, 0.01, 0.1, 1, 10, 100]\".");
        fields.requirePresent("levels", "Maybe write a list of levels for each likelihood.");
        List<Double> likelihoods = numbers(fields, "likelihoods");
        List<Double> consequences = numbers(fields, "consequences");
        List<List<CriticalityLevel>> levels = new ArrayList<>();
        fields.find("levels").ifPresent(node -> {
            if (node instanceof Node.Items rows) {
                rows.items().forEach(row -> levels.add(row(fields, row)));
            } else {
                fields.fail("levels", "", "has %s as its levels.".formatted(node.describe()), "");
            }
        });
        if (!fields.areSound()) {
            return;
        }
        List<String> problems = CriticalityMatrix.problems(likelihoods, consequences, levels);
        for (String problem : problems) {
            draft.log.add(
                    file, fields.line("levels"), "", problem, "Maybe compare with the default in docs/fusion.md.");
        }
        if (problems.isEmpty()) {
            matrix = new CriticalityMatrix(likelihoods, consequences, levels);
        }
    }

    private static List<CriticalityLevel> row(Fields fields, Node row) {
        List<CriticalityLevel> levels = new ArrayList<>();
        if (row instanceof Node.Items cells) {
            for (Node cell : cells.items()) {
                if (cell instanceof Node.Scalar scalar) {
                    fields.oneOf(
                                    "levels",
                                    scalar.line(),
                                    scalar.text(),
                                    List.of(CriticalityLevel.values()),
                                    Fields::code)
                            .ifPresent(levels::add);
                }
            }
        }
        return levels;
    }

    private static List<Double> numbers(Fields fields, String key) {
        List<Double> numbers = new ArrayList<>();
        for (Node.Scalar scalar : fields.scalars(key)) {
            Optional<Double> number = Fields.parseNumber(scalar.text());
            if (number.isEmpty()) {
                fields.fail(
                        key,
                        scalar.text(),
                        "has %s among its %s, which is not a number.".formatted(ProblemLog.quote(scalar.text()), key),
                        "");
            }
            number.ifPresent(numbers::add);
        }
        return numbers;
    }

    private void context(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                "The context of line %d".formatted(mapping.line()),
                mapping,
                List.of("name", "site", "zone", "from", "to", "for", "steps", "people"),
                draft.log);
        String name = fields.text("name", "Maybe write what people call it.");
        Optional<SiteDraft> site = fields.find("site").isPresent() ? draft.siteOf(fields) : Optional.empty();
        Optional<String> zone = draft.reference(fields, "zone", draft.zones, site.map(SiteDraft::id));
        if (site.isEmpty()) {
            site = zone.flatMap(id -> draft.siteOf(draft.zones, id)).map(draft.sites::get);
        }
        Optional<Instant> from = calendar.findTime(fields, "from");
        Optional<Instant> to = calendar.findTime(fields, "to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            fields.fail(
                    "to",
                    to.get().toString(),
                    "ends at %s, before it begins.".formatted(to.get()),
                    "Maybe its end is on the next day.");
        }
        Set<IncidentType> types = new TreeSet<>();
        for (Node.Scalar type : fields.scalars("for")) {
            fields.oneOf("for", type.line(), type.text(), List.of(IncidentType.values()), IncidentType::code)
                    .ifPresent(types::add);
        }
        int steps = fields.findWholeNumber("steps", -MOST_STEPS, MOST_STEPS).orElse(0);
        Optional<Integer> people = fields.findWholeNumber("people", 0, PlaceReader.MAX_PEOPLE);
        if (steps == 0 && people.isEmpty()) {
            fields.fail("steps", "", "changes nothing.", "Maybe write \"steps: 1\" or \"people: 15000\".");
        }
        if (steps < 0 && !types.isEmpty()) {
            fields.fail(
                    "steps",
                    Integer.toString(steps),
                    "lowers the level of some types only: then what is likelier could matter less.",
                    "Maybe leave \"for\" out.");
        }
        if (fields.areSound()) {
            CriticalityContext context =
                    new CriticalityContext(name, from, to, zone.map(ZoneId::new), types, steps, people);
            if (site.isPresent()) {
                site.get().contexts.add(context);
            } else {
                draft.sites.values().forEach(each -> each.contexts.add(context));
            }
        }
    }
}
