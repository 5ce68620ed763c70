// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.polias.app.Platform;
import org.polias.app.live.LiveMessage;
import org.polias.edge.intake.AdmissionCounters.Admissions;

import io.quarkus.security.Authenticated;

/** What became of input since the platform started. */
@Path("/api")
@Authenticated
public class AdmissionResource {

    @Inject
    Platform platform;

    /** Counts; of every reason, those with zero too. */
    public record AdmissionsView(
            Instant since,
            long accepted,
            long duplicate,
            long deferred,
            long unauthenticated,
            Map<String, Long> rejected) {}

    @GET
    @Path("/admissions")
    public AdmissionsView admissions() {
        Admissions now = platform.admissions();
        Map<String, Long> rejected = new TreeMap<>();
        now.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
        return new AdmissionsView(
                now.since(), now.accepted(), now.duplicate(), now.deferred(), now.unauthenticated(), rejected);
    }

    /** The last numbers that the live socket told. */
    @GET
    @Path("/stats")
    public LiveMessage.Stats stats() {
        return platform.picture().findStats().orElseGet(platform::stats);
    }
}
