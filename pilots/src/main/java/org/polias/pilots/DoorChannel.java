// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.polias.model.observation.Result;

/** A door controller: people with badges go in and out; about twice an hour someone shows a badge at the wrong door, once. */
final class DoorChannel implements Channel {

    private static final long SLOT_MS = 40_000;
    private static final long SLOTS_PER_MISTAKE = 45;
    private static final double PASSAGES_PER_SLOT = 0.5;
    private static final int BADGES = 60;

    private final Places.Post post;
    private final Noise noise;

    DoorChannel(Places.Post post, Noise noise) {
        this.post = post;
        this.noise = noise;
    }

    @Override
    public void emit(World.Moments moments, Calm.People people, Optional<Stage> stage, Consumer<Emission> out) {
        // What happens in a slot may reach into the next.
        long first = Math.floorDiv(moments.from_ms(), SLOT_MS) - 1;
        for (long slot = first; slot * SLOT_MS < moments.to_ms(); slot++) {
            passage(slot, moments, stage, out);
        }
        stage.ifPresent(playing -> {
            for (Script.DoorCue cue : playing.script().doorCues()) {
                double t_s = playing.begun_s() + cue.at_s();
                if (cue.datastream().equals(post.id()) && playing.plays(t_s)) {
                    tell(t_s * 1000, cue.type(), cue.door(), cue.credential(), cue.reason(), moments, stage, out);
                }
            }
        });
    }

    private void passage(long slot, World.Moments moments, Optional<Stage> stage, Consumer<Emission> out) {
        String door = post.thing().asset().map(Object::toString).orElse(post.id());
        double begin_ms = slot * SLOT_MS + noise.named("when").uniform(slot) * SLOT_MS * 0.7;
        String badge = "badge-%04d".formatted(4100 + noise.named("who").below(slot, BADGES));
        if (Math.floorMod(slot, SLOTS_PER_MISTAKE) == noise.named("mistake").below(0, (int) SLOTS_PER_MISTAKE)) {
            tell(begin_ms, "access.refused", door, badge, "not-permitted-here", moments, stage, out);
        } else if (noise.named("whether").uniform(slot) < PASSAGES_PER_SLOT) {
            tell(begin_ms, "access.granted", door, badge, "", moments, stage, out);
            tell(begin_ms + 900, "door.opened", door, "", "", moments, stage, out);
            double open_ms = 3_000 + 4_000 * noise.named("how-long").uniform(slot);
            tell(begin_ms + 900 + open_ms, "door.closed", door, "", "", moments, stage, out);
        }
    }

    private void tell(
            double t_ms,
            String type,
            String door,
            String credential,
            String reason,
            World.Moments moments,
            Optional<Stage> stage,
            Consumer<Emission> out) {
        long when_ms = (long) t_ms;
        if (!moments.contain(when_ms)
                || stage.isPresent() && stage.get().isLost(post.thing().gateway(), when_ms / 1000.0)) {
            return;
        }
        Map<String, String> attributes = new TreeMap<>();
        attributes.put("door", door);
        if (!credential.isEmpty()) {
            attributes.put("credential", credential);
        }
        if (!reason.isEmpty()) {
            attributes.put("reason", reason);
        }
        out.accept(new Emission.Happened(
                post.stream().id(), Instant.ofEpochMilli(when_ms), new Result.EventRecord(type, attributes)));
    }
}
