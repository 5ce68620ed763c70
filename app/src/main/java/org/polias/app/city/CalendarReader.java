// SPDX-License-Identifier: Apache-2.0
package org.polias.app.city;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import org.polias.model.city.CalendarEntry;
import org.polias.model.city.CalendarKind;

/** Reads what the city knows of in advance. Times without an offset are the city's own. */
final class CalendarReader {

    private final Draft draft;
    private final ZoneId timeZone;

    CalendarReader(Draft draft, ZoneId timeZone) {
        this.draft = draft;
        this.timeZone = timeZone;
    }

    void entry(String file, Node.Mapping mapping) {
        Fields fields = new Fields(
                file,
                "The calendar entry of line %d".formatted(mapping.line()),
                mapping,
                List.of("kind", "name", "site", "zone", "from", "to"),
                draft.log);
        CalendarKind kind = fields.oneOf("kind", CalendarKind.class);
        String name = fields.text("name", "Maybe write what people call it.");
        Optional<SiteDraft> site = siteOf(fields);
        Optional<String> zone = draft.reference(fields, "zone", draft.zones, site.map(SiteDraft::id));
        Optional<Instant> from = time(fields, "from");
        Optional<Instant> to = time(fields, "to");
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            fields.fail(
                    "to",
                    to.get().toString(),
                    "ends at %s, before it begins.".formatted(to.get()),
                    "Maybe its end is on the next day.");
        }
        if (fields.areSound() && site.isPresent() && from.isPresent() && to.isPresent()) {
            site.get()
                    .calendar
                    .add(new CalendarEntry(
                            kind, name, from.get(), to.get(), zone.map(org.polias.model.id.ZoneId::new)));
        }
    }

    /** The site that it names, else that of its zone, else the only one. */
    private Optional<SiteDraft> siteOf(Fields fields) {
        if (fields.find("site").isEmpty()) {
            Optional<String> ofZone = fields.findText("zone").flatMap(zone -> draft.siteOf(draft.zones, zone));
            if (ofZone.isPresent()) {
                return ofZone.map(draft.sites::get);
            }
        }
        return draft.siteOf(fields);
    }

    /** The time that a member names, if it is there. */
    Optional<Instant> findTime(Fields fields, String key) {
        return fields.find(key).isPresent() ? time(fields, key) : Optional.empty();
    }

    private Optional<Instant> time(Fields fields, String key) {
        Optional<String> text = fields.findText(key);
        if (text.isEmpty()) {
            fields.requirePresent(key, "Maybe write \"2026-12-31T20:00\".");
            return Optional.empty();
        }
        Optional<Instant> time = parse(text.get());
        if (time.isEmpty()) {
            fields.fail(
                    key,
                    text.get(),
                    "has the %s %s, which is no time.".formatted(ProblemLog.quote(key), ProblemLog.quote(text.get())),
                    "Maybe write \"2026-12-31T20:00\".");
        }
        return time;
    }

    private Optional<Instant> parse(String text) {
        String written = text.replace(' ', 'T');
        try {
            return Optional.of(OffsetDateTime.parse(written).toInstant());
        } catch (DateTimeException withoutOffset) {
            // Then it is the city's own time.
        }
        try {
            return Optional.of(LocalDateTime.parse(written).atZone(timeZone).toInstant());
        } catch (DateTimeException withoutTime) {
            // Then it is the beginning of a day.
        }
        try {
            return Optional.of(LocalDate.parse(written).atStartOfDay(timeZone).toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
