// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;
import org.polias.app.Platform;
import org.polias.app.security.Roles;
import org.polias.app.view.ReadingValue;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.store.history.StoredObservation;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** The history of a datastream. */
@Path("/api/datastreams/{datastream}/observations")
@RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR, Roles.DIRECTOR, Roles.ADMINISTRATOR})
@RunOnVirtualThread
public class ObservationResource {

    private static final int MAX_LIMIT = 10_000;
    /** Beyond every clock, within what PostgreSQL's time can say. */
    private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");

    @Inject
    Platform platform;

    /** An observation as the API shows one; of an event record the attributes too. */
    public record ObservationView(
            String id, Instant time, Instant receivedAt, Object result, Quality quality, String device) {
        static ObservationView of(StoredObservation stored) {
            Result result = stored.observation().result();
            return new ObservationView(
                    stored.observation().id().toString(),
                    stored.observation().phenomenonTime(),
                    stored.receivedAt(),
                    result instanceof Result.EventRecord event ? event : ReadingValue.of(result),
                    stored.observation().quality(),
                    stored.device().value());
        }
    }

    @GET
    public List<ObservationView> list(
            String datastream,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @DefaultValue("500") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiFault.badRequest("The limit %d is not between 1 and %d.".formatted(limit, MAX_LIMIT), null);
        }
        DatastreamId id = platform.registry()
                .findDatastream(platform.city().tenant(), datastream)
                .orElseThrow(() -> ApiFault.notFound("datastream", datastream))
                .id();
        return platform
                .store()
                .history()
                .list(
                        platform.city().tenant(),
                        id,
                        from == null ? FIRST : instant("from", from),
                        to == null ? Instant.now().plus(Duration.ofDays(1)) : instant("to", to),
                        limit)
                .stream()
                .map(ObservationView::of)
                .toList();
    }

    private static Instant instant(String parameter, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw ApiFault.badRequest(
                    "The parameter '%s' is '%s', which is no time.".formatted(parameter, text),
                    "Maybe write 2026-11-21T10:00:00Z.");
        }
    }
}
