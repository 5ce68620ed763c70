// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.intake;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.polias.edge.decode.Excerpt;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.port.Registry.Device;

/**
 * Sends what is in quarantine through the intake once more, when a person has mended what was wrong. It then may be however
 * old, and may go to any site of its tenant, whatever its device may otherwise write; what is refused again is not quarantined
 * twice.
 */
public final class Replay {

    private final Intake intake;

    public Replay(Intake intake) {
        this.intake = intake;
    }

    /**
     * What became of a payload that was replayed.
     *
     * @param accepted how many observations were taken
     * @param duplicates how many had been delivered before
     */
    public record ReplayResult(int accepted, int duplicates, List<Rejection> rejections) {
        public ReplayResult {
            rejections = List.copyOf(rejections);
        }
    }

    /** Replays a payload. The stage completes when all that was taken is durable, and exceptionally if the log failed. */
    public CompletionStage<ReplayResult> replay(Quarantined quarantined) {
        Optional<Way> way = Way.find(quarantined.way());
        if (way.isEmpty()) {
            return refused(
                    Reason.UNKNOWN_TOPIC, "There is no way in named %s.".formatted(Excerpt.quoted(quarantined.way())));
        }
        if (quarantined.truncated()) {
            return refused(
                    Reason.OVERSIZED,
                    "Only the first %d bytes of the payload were kept, so it cannot be replayed."
                            .formatted(quarantined.payload().length));
        }
        CompletableFuture<ReplayResult> result = new CompletableFuture<>();
        Delivery delivery = intake.receiveAgain(
                new Device(quarantined.device(), quarantined.tenant(), Optional.empty()),
                Target.of(way.get(), quarantined.address()),
                quarantined,
                ended -> complete(ended, result));
        offer(delivery);
        return result;
    }

    private void offer(Delivery delivery) {
        if (!delivery.offer()) {
            intake.log().onRoom(() -> Thread.ofVirtual().name("edge-replay").start(() -> offer(delivery)));
        }
    }

    private static void complete(Delivery ended, CompletableFuture<ReplayResult> result) {
        if (ended.failure().isPresent()) {
            result.completeExceptionally(ended.failure().get());
        } else {
            result.complete(new ReplayResult(ended.accepted(), ended.duplicates(), ended.rejections()));
        }
    }

    private static CompletionStage<ReplayResult> refused(Reason reason, String detail) {
        return CompletableFuture.completedStage(new ReplayResult(0, 0, List.of(new Rejection(0, reason, detail))));
    }
}
