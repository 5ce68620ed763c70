// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.polias.edge.decode.Reading;
import org.polias.edge.intake.Intake;
import org.polias.edge.intake.PatientDelivery;
import org.polias.edge.intake.Target;
import org.polias.edge.media.AudioFault;
import org.polias.edge.media.AudioFiles;
import org.polias.edge.media.AudioStream;
import org.polias.edge.media.LiveAudio;
import org.polias.edge.media.StreamAddress;
import org.polias.model.port.Registry.Device;
import org.polias.model.port.Registry.RegisteredDatastream;
import org.polias.perceive.acoustics.SoundClassifier;

/**
 * Fetches the sound of a microphone or camera that waits to be asked (RTSP, HTTP, RTP) and listens to it, for as long as it is open: a
 * connection that ends, stalls or cannot be made is made anew, after pauses that grow to {@link #LONGEST_PAUSE}.
 *
 * <p>The time of its sound is that of its arrival here, so that what is heard has quality {@code uncertain}: good enough to know what was
 * heard and about when, not to locate it.
 */
public final class SoundPuller implements AutoCloseable {

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final System.Logger LOG = System.getLogger(SoundPuller.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration END_PATIENCE = Duration.ofSeconds(3);
    /** A connection that held for so long was a good one: the next pause is the first again. */
    private static final Duration GOOD = Duration.ofSeconds(30);

    private static final int BLOCK_SAMPLES = SoundClassifier.SAMPLE_RATE_HZ / 8;

    private final Intake intake;
    private final Ears ears;
    private final InstantSource clock;
    private final StreamAddress address;
    private final String datastream;
    private final Device device;
    private final Duration patience;
    private final Thread thread;
    private volatile Optional<String> problem = Optional.empty();
    private volatile @Nullable LiveAudio current;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Starts to fetch.
     *
     * @param datastream of the sound events that are heard
     * @param device in whose name they are delivered
     */
    public static SoundPuller start(
            Intake intake, Ears ears, InstantSource clock, StreamAddress address, String datastream, Device device) {
        return start(intake, ears, clock, address, datastream, device, PATIENCE);
    }

    static SoundPuller start(
            Intake intake,
            Ears ears,
            InstantSource clock,
            StreamAddress address,
            String datastream,
            Device device,
            Duration patience) {
        SoundPuller puller = new SoundPuller(intake, ears, clock, address, datastream, device, patience);
        puller.thread.start();
        return puller;
    }

    private SoundPuller(
            Intake intake,
            Ears ears,
            InstantSource clock,
            StreamAddress address,
            String datastream,
            Device device,
            Duration patience) {
        this.intake = intake;
        this.ears = ears;
        this.clock = clock;
        this.address = address;
        this.datastream = datastream;
        this.device = device;
        this.patience = patience;
        // It waits in native code, which would hold a virtual thread's carrier.
        this.thread = Thread.ofPlatform().daemon().name("sound of " + address).unstarted(this::run);
    }

    /** What keeps it from listening at the moment, if anything does. */
    public Optional<String> findProblem() {
        return problem;
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (!isClosing()) {
            long began_ns = System.nanoTime();
            try {
                Optional<String> ended = listen();
                if (isClosing()) {
                    return;
                }
                report(ended.orElse("The stream ended."));
                if (System.nanoTime() - began_ns > GOOD.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** Says what is wrong when it changes, not each time that it is tried. */
    private void report(String what) {
        Optional<String> told = Optional.of("The sound of '%s' from %s: %s".formatted(datastream, address, what));
        if (!told.equals(problem)) {
            problem = told;
            LOG.log(Level.WARNING, told.get());
        }
    }

    /** Listens until the stream ends; says why, if it is known. */
    private Optional<String> listen() throws InterruptedException {
        Optional<RegisteredDatastream> registered = intake.registry().findDatastream(device.tenant(), datastream);
        if (registered.isEmpty()) {
            return Optional.of("There is no such datastream.");
        }
        Optional<String> unfit = ears.findFault(registered.get());
        if (unfit.isPresent()) {
            return unfit;
        }
        LiveAudio live = new LiveAudio(address, patience);
        current = live;
        if (isClosing()) {
            return Optional.empty();
        }
        return switch (live.open()) {
            case AudioFiles.Opening.Refused refused ->
                Optional.of(refused.fault().message());
            case AudioFiles.Opening.Opened opened -> {
                try (AudioStream stream = opened.stream()) {
                    listen(stream, registered.get());
                    yield stream.findFault().map(AudioFault::message);
                }
            }
        };
    }

    private void listen(AudioStream stream, RegisteredDatastream registered) throws InterruptedException {
        Ear ear = ears.ear(registered);
        Target target = Target.ofSound(address.toString(), datastream);
        PatientDelivery delivery =
                new PatientDelivery(intake, "what was heard from " + address, told -> problem = Optional.of(told));
        ArrivalClock arrivals = new ArrivalClock(SoundClassifier.SAMPLE_RATE_HZ);
        float[] block = new float[BLOCK_SAMPLES];
        boolean isFirst = true;
        try {
            while (true) {
                int length = fill(stream, block);
                if (length == 0) {
                    return;
                }
                if (isFirst) {
                    isFirst = false;
                    problem = Optional.empty();
                    LOG.log(Level.INFO, "Listening to {0} for ''{1}''.", address, datastream);
                }
                float[] samples = new float[length];
                System.arraycopy(block, 0, samples, 0, length);
                Pcm pcm = new Pcm(SoundClassifier.SAMPLE_RATE_HZ, arrivals.firstOf(length, clock.instant()), samples);
                deliver(ear.hear(pcm, false), target, delivery);
            }
        } finally {
            deliver(ear.end(), target, delivery);
        }
    }

    /** Reads a block, or what there is before the end; 0 at the end. */
    private static int fill(AudioStream stream, float[] block) {
        int length = 0;
        while (length < block.length) {
            int got = stream.read(block, length, block.length - length);
            if (got < 0) {
                break;
            }
            length += got;
        }
        return length;
    }

    private void deliver(List<Reading> heard, Target target, PatientDelivery delivery) throws InterruptedException {
        if (!heard.isEmpty()) {
            delivery.deliver(listener -> intake.receiveHeard(device, target, heard, listener));
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    /** Stops; what was heard until now is in the log, unless the log takes nothing. */
    @Override
    public void close() {
        closing.countDown();
        LiveAudio live = current;
        if (live != null) {
            live.end();
        }
        try {
            if (!thread.join(END_PATIENCE)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
