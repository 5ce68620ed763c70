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
import io.smallrye.common.annotation.RunOnVirtualThread;

/** What became of input since the platform started. */
@Path("/api")
@Authenticated
public class AdmissionResource {

    @Inject
    Platform platform;

    /**
     * Counts; of every reason, those with zero too.
     *
     * @param discarded by reason, what is in the history and was given to no detector, in all its time: it was delivered twice or
     *     lies where nobody can tell any more whether it was
     */
    public record AdmissionsView(
            Instant since,
            long accepted,
            long duplicate,
            long deferred,
            long unauthenticated,
            Map<String, Long> rejected,
            Map<String, Long> discarded) {}

    @GET
    @Path("/admissions")
    @RunOnVirtualThread
    public AdmissionsView admissions() {
        Admissions now = platform.admissions();
        Map<String, Long> rejected = new TreeMap<>();
        now.rejected().forEach((reason, count) -> rejected.put(reason.code(), count));
        Map<String, Long> discarded = new TreeMap<>();
        platform.store()
                .incidents()
                .listDiscards(platform.city().tenant())
                .forEach(one -> discarded.merge(one.reason().code(), one.count(), Long::sum));
        return new AdmissionsView(
                now.since(),
                now.accepted(),
                now.duplicate(),
                now.deferred(),
                now.unauthenticated(),
                rejected,
                discarded);
    }

    /** The last numbers that the live socket told. */
    @GET
    @Path("/stats")
    public LiveMessage.Stats stats() {
        return platform.picture().findStats().orElseGet(platform::stats);
    }
}
