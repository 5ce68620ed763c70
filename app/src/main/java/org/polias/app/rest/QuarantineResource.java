// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.jspecify.annotations.Nullable;
import org.polias.app.Platform;
import org.polias.app.security.Roles;
import org.polias.edge.intake.Replay.ReplayResult;
import org.polias.model.admission.Reason;
import org.polias.store.quarantine.QuarantineEntry;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Refused payloads: to look at, and to take in after all. */
@Path("/api/quarantine")
@RolesAllowed({Roles.SUPERVISOR, Roles.ADMINISTRATOR})
@RunOnVirtualThread
public class QuarantineResource {

    private static final int MAX_LIMIT = 1_000;
    /** How many payloads one request takes in again. */
    private static final int REPLAYED_AT_ONCE = 10_000;

    /** More refusals than this are counted, not listed. */
    private static final int LISTED = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Platform platform;

    /** A payload as the API shows one, in a list its beginning; bytes that are not UTF-8 are replaced. */
    public record QuarantinedView(
            String id,
            String device,
            Instant receivedAt,
            String way,
            String address,
            String reason,
            String detail,
            String payload,
            int payload_bytes,
            boolean truncated,
            Optional<Instant> replayedAt) {
        static QuarantinedView of(QuarantineEntry entry) {
            var held = entry.payload();
            return new QuarantinedView(
                    held.id(),
                    held.device().value(),
                    held.receivedAt(),
                    held.way(),
                    held.address(),
                    held.reason().code(),
                    held.detail(),
                    new String(held.payload(), StandardCharsets.UTF_8),
                    entry.payload_bytes(),
                    held.truncated(),
                    entry.replayedAt());
        }
    }

    /**
     * What became of what was taken in again.
     *
     * @param omitted how many more were refused than {@code rejected} lists
     */
    public record Replayed(int accepted, int duplicates, List<StillRejected> rejected, int omitted) {}

    /** What is refused even now. */
    public record StillRejected(String id, int index, String code, String message) {}

    @GET
    public List<QuarantinedView> list(
            @QueryParam("reason") @Nullable String reason, @QueryParam("limit") @DefaultValue("200") int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiFault.badRequest("The limit %d is not between 1 and %d.".formatted(limit, MAX_LIMIT), null);
        }
        return platform.store().quarantine().list(platform.city().tenant(), reason(reason), limit).stream()
                .map(QuarantinedView::of)
                .toList();
    }

    @GET
    @Path("/{id}")
    public QuarantinedView get(String id) {
        return QuarantinedView.of(entry(id));
    }

    @POST
    @Path("/{id}/replay")
    public Replayed replay(String id) {
        return replay(List.of(entry(id).payload().id()));
    }

    /** Takes in again all that were not yet, of one reason or of any. */
    @POST
    @Path("/replay")
    public Replayed replayAll(@QueryParam("reason") @Nullable String reason) {
        return replay(platform.store()
                .quarantine()
                .listIdsNotReplayed(platform.city().tenant(), reason(reason), REPLAYED_AT_ONCE));
    }

    private QuarantineEntry entry(String id) {
        return platform.store()
                .quarantine()
                .find(platform.city().tenant(), id)
                .orElseThrow(() -> ApiFault.notFound("quarantined payload", id));
    }

    /** Each is fetched when it is its turn: all of them together may not fit into memory. */
    private Replayed replay(List<String> ids) {
        int accepted = 0;
        int duplicates = 0;
        int refused = 0;
        List<StillRejected> rejected = new ArrayList<>();
        for (String id : ids) {
            Optional<QuarantineEntry> found =
                    platform.store().quarantine().find(platform.city().tenant(), id);
            if (found.isEmpty()) {
                // It has given way to newer ones meanwhile.
                continue;
            }
            ReplayResult result = replay(found.get());
            accepted += result.accepted();
            duplicates += result.duplicates();
            refused += result.rejections().size();
            result.rejections().stream()
                    .limit(LISTED - rejected.size())
                    .map(rejection -> new StillRejected(
                            id, rejection.index(), rejection.reason().code(), rejection.detail()))
                    .forEach(rejected::add);
            if (result.rejections().isEmpty()) {
                platform.store().quarantine().markReplayed(platform.city().tenant(), id, Instant.now());
            }
        }
        return new Replayed(accepted, duplicates, rejected, refused - rejected.size());
    }

    private ReplayResult replay(QuarantineEntry entry) {
        try {
            return platform.edge()
                    .replay()
                    .replay(entry.payload())
                    .toCompletableFuture()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw ApiFault.unavailable(
                    "The payload %s could not be taken in now."
                            .formatted(entry.payload().id()),
                    "Maybe try again: what was taken in has no second effect.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiFault.unavailable("The platform is stopping.", "Maybe try again.");
        }
    }

    private static Optional<Reason> reason(@Nullable String code) {
        if (code == null || code.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(Reason.find(code)
                .orElseThrow(() -> ApiFault.badRequest(
                        "There is no reason '%s'.".formatted(code), "Maybe use one of those in docs/ingest.md.")));
    }
}
