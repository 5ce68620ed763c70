// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;

/**
 * Listens to one microphone: blocks of PCM at 16 kHz in, what was heard and a level every second out.
 *
 * <p>Each sample goes through the {@link Levels} and, frame by frame, through {@link ImpulseTrigger} and {@link SustainedTrigger}. What they
 * hear gets its time from the {@link OnsetPicker} and, when enough of it has arrived, its class from the {@link SoundClassifier}, which is
 * not called otherwise.
 *
 * <p><b>One sound, one event.</b> Shots in a burst are events of their own (grouping them is a detector's business); echoes and
 * reverberation are not. A lasting sound whose class has been reported already belongs to the same sound until it has been quiet
 * for a while, however often its loudness jumps: speech, music, a jackhammer. Sounds less than {@value #SHARED_WINDOW_S} s apart, of which
 * the later is not much louder, share what the classifier said of the first: their windows are three quarters the same.
 *
 * <p><b>Time.</b> Samples are counted; the times of blocks correct the count gently, so that their jitter averages out. A time that is off
 * by more than the tolerance is a gap or a jump of the clock: what is pending is reported with what there is of it, and listening
 * begins anew with the same background. Numbers that are none count as silence.
 *
 * <p>The same blocks give the same events, to the bit. For one thread; it allocates nothing but what it reports.
 */
public final class Listener {

    /** What becomes of what is heard. Called from within {@link #listen} and {@link #end}. */
    public interface Sink {

        /** An event; not always in the order of the onsets. */
        void heard(Heard heard);

        /** Once a second. */
        void level(LevelReading reading);
    }

    private static final int RATE = SoundClassifier.SAMPLE_RATE_HZ;
    private static final int FRAME = ImpulseTrigger.FRAME_SAMPLES;
    private static final int FRAMES_PER_S = RATE / FRAME;
    private static final long NANOS_PER_S = 1_000_000_000;
    private static final long NANOS_PER_SAMPLE = NANOS_PER_S / RATE;
    /** A time so far off is a jump, and differences of nanoseconds would not hold it. */
    private static final long FAR_S = 1_000_000;

    private static final int WINDOW = SoundClassifier.WINDOW_SAMPLES;

    /** Two seconds, and a little: more than what is looked back at. */
    private static final int KEPT = 1 << 15;

    /** What is looked at for an onset: 60 ms before the trigger's frame to its end, and the noise of 90 ms before that. */
    private static final int SEARCHED_BEFORE = 6 * FRAME;

    private static final int SEARCHED_AFTER = 2 * FRAME;
    private static final int NOISE = 9 * FRAME;
    private static final int LEAST_NOISE = 2 * FRAME;
    /** So long after an onset another is not looked for: its own first slopes. */
    private static final int AFTER_ONSET = 2 * FRAME;

    /** Where a lasting sound's window begins, after its onset: so that it is filled by the sound. */
    private static final int SUSTAINED_OFFSET = RATE / 5;
    /** A lasting sound's beginning is known to this. */
    private static final double SUSTAINED_SIGMA_S = 0.1;

    private static final double SHARED_WINDOW_S = 0.24;
    private static final double MUCH_LOUDER_DB = 6;

    /** It has ended when it is so near to the background, or so far below its loudest, for 50 ms. */
    private static final double ENDED_OVER_BACKGROUND_DB = 5;

    private static final double ENDED_BELOW_LOUDEST_DB = 25;
    private static final int ENDED_FRAMES = 5;

    /** How sure of a lasting class one must be to take it for the sound before. */
    private static final double SAME_SOUND_PROBABILITY = 0.3;

    private static final double CLIPPED = 0.998;
    private static final int CLIPPED_RUN = 3;
    /** No sample is believed to be more: a stream of integers that were not scaled is noise, not thunder. */
    private static final float HIGHEST = 8;

    private static final double CLOCK_GAIN = 0.05;
    private static final int DEAF_FRAMES = 5;
    private static final double STEADY_S = 0.016;
    private static final int PENDING = 32;

    /** Classes of which each onset is a sound of its own. */
    private static final Set<SoundClass> IMPULSIVE = EnumSet.of(
            SoundClass.GUNSHOT,
            SoundClass.EXPLOSION,
            SoundClass.GLASS,
            SoundClass.FIREWORK,
            SoundClass.THUNDER,
            SoundClass.BACKFIRE,
            SoundClass.IMPACT);

    private final SoundClassifier classifier;
    private final Sink sink;
    private final double fullScale_dB;
    private final boolean isCalibrated;
    private final long follow;
    private final long tolerance_ns;
    private final ImpulseTrigger impulses;
    private final SustainedTrigger sustained;
    private final Levels levels = new Levels();
    private final OnsetPicker picker = new OnsetPicker(NOISE + SEARCHED_BEFORE + SEARCHED_AFTER);

    private final float[] kept = new float[KEPT];
    private final float[] frame = new float[FRAME];
    private final float[] window = new float[WINDOW];
    private final float[] aroundOnset = new float[NOISE + SEARCHED_BEFORE + SEARCHED_AFTER];
    private final double steadyWeight = 1 - StrictMath.exp(-1 / (STEADY_S * RATE));

    private @Nullable Instant anchor;
    private long anchorSample;
    /** By how much the times of the blocks moved the count since the anchor. */
    private long slewed_ns;

    private long received;
    private int inFrame;
    private long frames;
    private double steady;
    private int clippedRun;
    private boolean isFrameClipped;
    private double levelBefore_dB = ImpulseTrigger.SILENCE_DB;
    private double fastBefore_dB = Levels.SILENCE_DB;
    private double peakBefore_dB = Levels.SILENCE_DB;
    private boolean wasClipped;

    private final Pending[] pending = new Pending[PENDING];
    private int pendings;
    private double lastOnset = Double.NEGATIVE_INFINITY;
    private double classifiedOnset = Double.NEGATIVE_INFINITY;
    private double classifiedLoudest_dB;
    private Map<SoundClass, Double> classified = Map.of();
    private final Set<SoundClass> reported = EnumSet.noneOf(SoundClass.class);
    private double burstBackground_dB;

    /** A sound that has been heard and is not yet reported. Samples are counted from the beginning of the stream. */
    private static final class Pending {
        double onset;
        double sigma_s;
        long windowAt;
        boolean isSustained;
        long end;
        int faintFrames;
        double background_dB;
        double loudest_dB;
        double fast_dB;
        double peak_dB;
        boolean isClipped;

        @Nullable
        Map<SoundClass, Double> probabilities;

        /** The onset of the first bang after it, and what it was like until then; -1: there was none. */
        long next;

        double loudestUntilNext_dB;
        double fastUntilNext_dB;
        double peakUntilNext_dB;

        boolean isOver() {
            return end >= 0;
        }

        void followedBy(long onset) {
            if (next < 0 && !isOver() && !isSustained) {
                next = onset;
                loudestUntilNext_dB = loudest_dB;
                fastUntilNext_dB = fast_dB;
                peakUntilNext_dB = peak_dB;
            }
        }

        /** It was a bang, and ends with the next one at the latest. */
        void endWithNext() {
            if (next >= 0) {
                end = isOver() ? Math.min(end, next) : next;
                loudest_dB = loudestUntilNext_dB;
                fast_dB = fastUntilNext_dB;
                peak_dB = peakUntilNext_dB;
            }
        }
    }

    /** @param classifier is called in the thread that listens; listeners of one thread may share one, which its owner closes */
    public Listener(SoundClassifier classifier, ListenerSettings settings, Sink sink) {
        this.classifier = classifier;
        this.sink = sink;
        this.fullScale_dB = settings.fullScale_dB().orElse(0);
        this.isCalibrated = settings.fullScale_dB().isPresent();
        this.follow = samples(settings.follow());
        this.tolerance_ns = settings.clockTolerance().toNanos();
        this.impulses = new ImpulseTrigger(settings.impulse(), new LogMel());
        this.sustained = new SustainedTrigger(settings.sustained());
        for (int i = 0; i < PENDING; i++) {
            pending[i] = new Pending();
        }
    }

    /**
     * Takes in a block.
     *
     * @param pcm samples in -1 to 1, of which {@code length} from {@code from} on count
     * @param first when the first of them was sampled
     */
    public void listen(float[] pcm, int from, int length, Instant first) {
        follow(first);
        for (int i = from; i < from + length; i++) {
            take(pcm[i]);
        }
    }

    /** Reports what is pending with what there is of it: the stream is over. A new one may begin. */
    public void end() {
        interrupt();
        anchor = null;
    }

    private void take(float sample) {
        float x = Float.isNaN(sample) ? 0 : Math.clamp(sample, -HIGHEST, HIGHEST);
        kept[(int) (received & KEPT - 1)] = x;
        clippedRun = Math.abs(x) >= CLIPPED ? clippedRun + 1 : 0;
        isFrameClipped |= clippedRun >= CLIPPED_RUN;
        // The first sample is taken for the steady offset: it must not bang.
        steady += received == 0 ? x : steadyWeight * (x - steady);
        frame[inFrame++] = (float) (x - steady);
        received++;
        if (inFrame == FRAME) {
            inFrame = 0;
            onFrame();
            isFrameClipped = false;
        }
    }

    private void onFrame() {
        levels.take(frame);
        boolean isBang = impulses.hears(frame);
        boolean isLasting = sustained.hears(impulses.level_dB());
        if (sustained.isQuiet()) {
            reported.clear();
        }
        if (isBang) {
            begin(pickedOnset());
        } else if (isLasting) {
            double onset = Math.max(0, received - (double) SustainedTrigger.HELD_FRAMES * FRAME);
            if (onset - lastOnset > SustainedTrigger.HELD_FRAMES * FRAME) {
                beginSustained(onset);
            }
        }
        for (int i = 0; i < pendings; i++) {
            watch(pending[i]);
        }
        report();
        remember();
        if (++frames % FRAMES_PER_S == 0) {
            sink.level(new LevelReading(
                    time(received),
                    fullScale_dB + levels.highestFast_dB(),
                    fullScale_dB + levels.equivalent_dB(),
                    fullScale_dB + levels.peak_dB(),
                    isCalibrated));
            levels.begin();
        }
    }

    /** A bang is seen one frame after it began: what the frames were like until then is part of it. */
    private void remember() {
        levelBefore_dB = impulses.level_dB();
        fastBefore_dB = levels.frameFast_dB();
        peakBefore_dB = levels.framePeak_dB();
        wasClipped = isFrameClipped;
    }

    /** Lets the picker look around the frame before this one, where the trigger saw a bang begin. */
    private double pickedOnset() {
        long suspected = received - 2 * FRAME;
        long noBefore = Math.max(received - KEPT, Math.max(0, (long) lastOnset + AFTER_ONSET));
        long searchAt = Math.max(suspected - SEARCHED_BEFORE, noBefore + LEAST_NOISE);
        searchAt = Math.min(searchAt, suspected - FRAME);
        long noiseAt = Math.max(searchAt - NOISE, Math.min(noBefore, searchAt - LEAST_NOISE));
        int length = (int) (received - noiseAt);
        copy(noiseAt, aroundOnset, length);
        picker.pick(aroundOnset, (int) (searchAt - noiseAt), length, (int) (suspected - noiseAt));
        return Math.max(0, noiseAt + picker.onset());
    }

    private void begin(double onset) {
        // In a burst the background is what it was before its first shot.
        if (onset - lastOnset > RATE) {
            burstBackground_dB = impulses.background_dB();
        }
        for (int i = 0; i < pendings; i++) {
            pending[i].followedBy((long) onset);
        }
        Pending one = next();
        one.onset = onset;
        one.sigma_s = picker.sigma_s();
        one.isSustained = false;
        one.windowAt = Math.round(onset) - SoundClassifier.ONSET_SAMPLE;
        one.background_dB = Math.min(burstBackground_dB, impulses.background_dB());
        one.loudest_dB = levelBefore_dB;
        one.fast_dB = fastBefore_dB;
        one.peak_dB = peakBefore_dB;
        one.isClipped = wasClipped;
        lastOnset = onset;
    }

    private void beginSustained(double onset) {
        Pending one = next();
        one.onset = onset;
        one.sigma_s = SUSTAINED_SIGMA_S;
        one.isSustained = true;
        one.windowAt = (long) onset + SUSTAINED_OFFSET;
        one.background_dB = sustained.background_dB();
    }

    private Pending next() {
        if (pendings == PENDING) {
            finish(0);
        }
        Pending one = pending[pendings++];
        one.end = -1;
        one.next = -1;
        one.faintFrames = 0;
        one.loudest_dB = ImpulseTrigger.SILENCE_DB;
        one.fast_dB = Levels.SILENCE_DB;
        one.peak_dB = Levels.SILENCE_DB;
        one.isClipped = false;
        one.probabilities = null;
        return one;
    }

    private void watch(Pending one) {
        if (one.isOver()) {
            return;
        }
        double level_dB = impulses.level_dB();
        one.loudest_dB = Math.max(one.loudest_dB, level_dB);
        one.fast_dB = Math.max(one.fast_dB, levels.frameFast_dB());
        one.peak_dB = Math.max(one.peak_dB, levels.framePeak_dB());
        one.isClipped |= isFrameClipped;
        double faint_dB =
                Math.max(one.background_dB + ENDED_OVER_BACKGROUND_DB, one.loudest_dB - ENDED_BELOW_LOUDEST_DB);
        one.faintFrames = level_dB < faint_dB ? one.faintFrames + 1 : 0;
        int patience = one.isSustained ? SustainedTrigger.HELD_FRAMES : ENDED_FRAMES;
        if (one.faintFrames >= patience) {
            one.end = received - (long) patience * FRAME;
        } else if (received - one.onset >= follow) {
            one.end = received;
        }
    }

    /** Classifies what has arrived in full, and reports it when it is over. */
    private void report() {
        for (int i = 0; i < pendings; ) {
            Pending one = pending[i];
            boolean isComplete = received >= one.windowAt + WINDOW || one.isSustained && one.isOver();
            if (isComplete && one.probabilities == null) {
                one.probabilities = classify(one);
                if (!isLasting(one.probabilities)) {
                    one.endWithNext();
                }
            }
            if (one.probabilities != null && one.isOver()) {
                finish(i);
            } else {
                i++;
            }
        }
    }

    private Map<SoundClass, Double> classify(Pending one) {
        boolean isShared = !one.isSustained
                && one.onset - classifiedOnset >= 0
                && one.onset - classifiedOnset < SHARED_WINDOW_S * RATE
                && one.loudest_dB < classifiedLoudest_dB + MUCH_LOUDER_DB;
        if (isShared) {
            return classified;
        }
        long windowAt = one.windowAt;
        if (one.isSustained && one.isOver()) {
            windowAt = Math.max((long) one.onset - SoundClassifier.ONSET_SAMPLE, Math.min(windowAt, one.end - WINDOW));
        }
        copy(windowAt, window, WINDOW);
        Map<SoundClass, Double> probabilities = classifier.classify(window);
        if (!one.isSustained) {
            classifiedOnset = one.onset;
            classifiedLoudest_dB = one.loudest_dB;
            classified = probabilities;
        }
        return probabilities;
    }

    private void finish(int index) {
        Pending one = pending[index];
        System.arraycopy(pending, index + 1, pending, index, pendings - index - 1);
        pending[--pendings] = one;
        Map<SoundClass, Double> known = one.probabilities;
        Map<SoundClass, Double> probabilities = known == null ? classify(one) : known;
        if (known == null && !isLasting(probabilities)) {
            one.endWithNext();
        }
        double duration_s = ((one.isOver() ? one.end : received) - one.onset) / RATE;
        SoundEvent event = new SoundEvent(
                one.sigma_s,
                Math.max(duration_s, 0),
                fullScale_dB + one.fast_dB,
                fullScale_dB + one.peak_dB,
                one.loudest_dB - one.background_dB,
                isCalibrated,
                probabilities,
                classifier.priors(),
                classifier.name());
        if (!isSameSound(event)) {
            sink.heard(new Heard(time(one.onset), event, one.isClipped));
        }
    }

    /** Whether it is a lasting sound that has been reported since it was last quiet. */
    private boolean isSameSound(SoundEvent event) {
        return isLasting(event.probabilities()) && !reported.add(event.mostProbable());
    }

    /** Whether it is of a class whose sounds go on, surely enough to take others of the class for the same sound. */
    private static boolean isLasting(Map<SoundClass, Double> probabilities) {
        double lasting = 0;
        double highest = 0;
        for (Map.Entry<SoundClass, Double> each : probabilities.entrySet()) {
            highest = Math.max(highest, each.getValue());
            lasting = IMPULSIVE.contains(each.getKey()) ? lasting : Math.max(lasting, each.getValue());
        }
        return lasting == highest && lasting >= SAME_SOUND_PROBABILITY;
    }

    /** Compares a block's time with the count of samples. */
    private void follow(Instant first) {
        Instant known = anchor;
        if (known == null) {
            anchor(first);
            return;
        }
        long seconds = first.getEpochSecond() - known.getEpochSecond();
        if (Math.abs(seconds) > FAR_S) {
            interrupt();
            anchor(first);
            return;
        }
        long since_ns = seconds * NANOS_PER_S + first.getNano() - known.getNano();
        long ahead_ns = since_ns - (received - anchorSample) * NANOS_PER_SAMPLE - slewed_ns;
        if (Math.abs(ahead_ns) > tolerance_ns) {
            interrupt();
            anchor(first);
        } else {
            slewed_ns += (long) (CLOCK_GAIN * ahead_ns);
        }
    }

    private void anchor(Instant first) {
        anchor = first;
        anchorSample = received;
        slewed_ns = 0;
    }

    private Instant time(double sample) {
        Instant known = anchor;
        if (known == null) {
            throw new IllegalStateException("Nothing was listened to.");
        }
        return known.plusNanos(Math.round((sample - anchorSample) * NANOS_PER_SAMPLE) + slewed_ns);
    }

    /** What comes next is not what follows what came before. */
    private void interrupt() {
        // What is missing is silence.
        while (pendings > 0) {
            if (!pending[0].isOver()) {
                pending[0].end = received;
            }
            finish(0);
        }
        Arrays.fill(kept, 0);
        inFrame = 0;
        isFrameClipped = false;
        lastOnset = Double.NEGATIVE_INFINITY;
        classifiedOnset = Double.NEGATIVE_INFINITY;
        reported.clear();
        impulses.forget(received == 0 ? 0 : DEAF_FRAMES);
        sustained.forget();
    }

    /** Copies samples that were kept; those that are not there, before the beginning and after the end, are 0. */
    private void copy(long at, float[] to, int length) {
        for (int i = 0; i < length; i++) {
            long sample = at + i;
            boolean isThere = sample >= 0 && sample < received && sample >= received - KEPT;
            to[i] = isThere ? kept[(int) (sample & KEPT - 1)] : 0;
        }
    }

    private static long samples(Duration duration) {
        return duration.toNanos() / NANOS_PER_SAMPLE;
    }
}
