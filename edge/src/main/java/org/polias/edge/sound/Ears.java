// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.polias.edge.clip.ClipFolder;
import org.polias.edge.decode.Decoded;
import org.polias.edge.decode.Decoding;
import org.polias.edge.decode.Decoding.Shape;
import org.polias.edge.decode.Reading;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.admission.Reason;
import org.polias.model.city.ObservedProperty;
import org.polias.model.id.TenantId;
import org.polias.model.port.Registry.RegisteredDatastream;
import org.polias.perceive.acoustics.SoundClassifier;

/** An {@link Ear} for each microphone that sends sound; they share one classifier, which is opened with the first. Thread-safe. */
public final class Ears implements AutoCloseable {

    /** An ear that heard nothing for so long is given up; the microphone's next block gets a new one. */
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final Supplier<SoundClassifier> opener;
    private final Optional<ClipFolder> clips;
    private final Map<Microphone, Held> ears = new ConcurrentHashMap<>();
    private final AtomicLong lastSweep_ns = new AtomicLong(System.nanoTime());
    private @Nullable Shared classifier;

    private record Microphone(TenantId tenant, String datastream) {}

    private static final class Held {
        final RegisteredDatastream registered;
        final Ear ear;
        volatile long last_ns = System.nanoTime();

        Held(RegisteredDatastream registered, Ear ear) {
            this.registered = registered;
            this.ear = ear;
        }
    }

    /** @param opener opens the classifier, once, when the first sound comes */
    public Ears(Supplier<SoundClassifier> opener) {
        this(opener, Optional.empty());
    }

    /**
     * The same, with clips.
     *
     * @param clips where sealed clips are kept of microphones for which there is a key
     */
    public Ears(Supplier<SoundClassifier> opener, Optional<ClipFolder> clips) {
        this.opener = opener;
        this.clips = clips;
    }

    /** The first bytes of a payload that may be kept where it is refused: what comes after them is sound. */
    public static int keepable(int length) {
        return Math.min(length, Pcm.HEADER_BYTES);
    }

    /** Listens to a block of PCM ({@code docs/ingest.md}): its items are what was heard, often nothing. */
    public Decoding hear(RegisteredDatastream registered, byte[] payload, int length) {
        Optional<String> fault = findFault(registered);
        if (fault.isPresent()) {
            return Decoding.refused(Reason.WRONG_RESULT, fault.get(), keepable(length));
        }
        return switch (Pcm.parse(payload, length)) {
            case Pcm.Parsed.Unreadable unreadable ->
                Decoding.refused(Reason.MALFORMED, unreadable.why(), keepable(length));
            case Pcm.Parsed.Block block -> decoding(ear(registered).hear(block.pcm(), true));
        };
    }

    /** Why nobody can listen for this datastream; empty if one can. */
    Optional<String> findFault(RegisteredDatastream registered) {
        if (!registered.datastream().property().equals(ObservedProperty.SOUND_EVENT)) {
            return Optional.of(
                    "The datastream '%s' observes %s; sound is taken where %s is observed.%nMaybe the microphone has another datastream for it."
                            .formatted(
                                    registered.id(), registered.datastream().property(), ObservedProperty.SOUND_EVENT));
        }
        return Ear.findFault(registered.datastream());
    }

    /** What was heard as a payload's items. */
    public static Decoding decoding(List<Reading> readings) {
        return new Decoding(
                readings.size() == 1 ? Shape.SINGLE : Shape.ARRAY,
                List.<Decoded>copyOf(readings),
                Collections.emptySortedMap());
    }

    /** The ear for a datastream as it is registered now. */
    Ear ear(RegisteredDatastream registered) {
        sweep();
        Microphone microphone = new Microphone(
                registered.site().tenant(), registered.datastream().id().value());
        Held held = ears.compute(
                microphone,
                (_, known) -> known != null && known.registered.equals(registered)
                        ? known
                        : new Held(registered, new Ear(registered.datastream(), classifier(), clips)));
        held.last_ns = System.nanoTime();
        return held.ear;
    }

    private void sweep() {
        long now_ns = System.nanoTime();
        long last_ns = lastSweep_ns.get();
        if (now_ns - last_ns < IDLE.toNanos() || !lastSweep_ns.compareAndSet(last_ns, now_ns)) {
            return;
        }
        for (Iterator<Held> each = ears.values().iterator(); each.hasNext(); ) {
            if (now_ns - each.next().last_ns > IDLE.toNanos()) {
                each.remove();
            }
        }
    }

    private synchronized SoundClassifier classifier() {
        Shared open = classifier;
        if (open == null) {
            open = new Shared(opener.get());
            classifier = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        ears.clear();
        Shared open = classifier;
        classifier = null;
        if (open != null) {
            open.close();
        }
    }

    /** One classifier for the listeners of several threads. */
    private record Shared(SoundClassifier own) implements SoundClassifier {
        @Override
        public String name() {
            return own.name();
        }

        @Override
        public Map<SoundClass, Double> priors() {
            return own.priors();
        }

        @Override
        public Map<SoundClass, Double> classify(float[] window) {
            synchronized (own) {
                return own.classify(window);
            }
        }

        @Override
        public void close() {
            synchronized (own) {
                own.close();
            }
        }
    }
}
