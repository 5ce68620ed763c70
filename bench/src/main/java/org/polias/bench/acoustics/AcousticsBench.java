// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.acoustics;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import org.polias.bench.Figures;
import org.polias.bench.Machine;
import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.Heard;
import org.polias.perceive.acoustics.ImpulseTrigger;
import org.polias.perceive.acoustics.LevelReading;
import org.polias.perceive.acoustics.Levels;
import org.polias.perceive.acoustics.Listener;
import org.polias.perceive.acoustics.ListenerSettings;
import org.polias.perceive.acoustics.LogMel;
import org.polias.perceive.acoustics.OnsetPicker;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.SustainedTrigger;

/**
 * How many microphones one thread follows in real time. As many listeners as are measured at once take blocks of 100 ms in turn, each from its
 * own place in the sound, so that none finds its buffers in the processor's caches; the processor time of the one thread counts.
 */
public final class AcousticsBench {

    private static final int RATE = SoundClassifier.SAMPLE_RATE_HZ;
    private static final int BLOCK = RATE / 10;
    private static final int FRAME = ImpulseTrigger.FRAME_SAMPLES;
    /** So much different sound there is, for every second of it that is measured; not more than ten minutes. */
    private static final int TRACK_PART = 10;

    private static final int MOST_TRACK_S = 600;
    private static final long SEED = 20_260_601;

    private final SoundClassifier classifier;
    private final int microphones;
    private final int seconds;
    private final Consumer<String> progress;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /**
     * @param microphones how many are followed at once
     * @param seconds how much sound of each is measured
     */
    public AcousticsBench(SoundClassifier classifier, int microphones, int seconds, Consumer<String> progress) {
        if (microphones < 1 || seconds < 1 || seconds > MOST_TRACK_S) {
            throw new IllegalArgumentException(
                    "%d microphones for %d s cannot be measured: it is at least one, and 1 to %d s."
                            .formatted(microphones, seconds, MOST_TRACK_S));
        }
        this.classifier = classifier;
        this.microphones = microphones;
        this.seconds = seconds;
        this.progress = progress;
    }

    /** Measures. What is in the result is published: others read the names. */
    public Figures run() {
        progress.accept("making the sound of a street");
        int track_s = Math.min(MOST_TRACK_S, TRACK_PART * seconds);
        float[] calm = StreetSound.calm(track_s, SEED);
        float[] busy = StreetSound.busy(track_s, SEED + 1);
        progress.accept("warming up");
        follow(busy, Math.min(seconds, 20));
        follow(calm, Math.min(seconds, 20));
        progress.accept("measuring a calm street");
        Run inCalm = follow(calm, seconds);
        progress.accept("measuring continuous events");
        Run inBusy = follow(busy, seconds);
        progress.accept("measuring the stages");
        Stages stages = stages(busy);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("microphones_calm", Math.floor(1000 / inCalm.ms_per_s()));
        figures.put("microphones_busy", Math.floor(1000 / inBusy.ms_per_s()));
        put(figures, "calm", inCalm, stages);
        put(figures, "busy", inBusy, stages);
        figures.put("onset_ms", stages.onset_ms);
        figures.put("log_mel_ms", stages.logMel_ms);
        figures.put("classify_ms", stages.classify_ms);
        figures.put("classifier", classifier.name());
        figures.put("microphones", microphones);
        figures.put("seconds", seconds);
        figures.put("machine", Machine.description());
        return new Figures(figures);
    }

    /** What a second of one microphone's sound costs, and what it is made of. */
    private static void put(Map<String, Object> figures, String street, Run run, Stages stages) {
        figures.put("ms_per_s_" + street, run.ms_per_s());
        figures.put("ms_per_s_" + street + "_levels", stages.levels_ms);
        figures.put("ms_per_s_" + street + "_triggers", stages.triggers_ms);
        figures.put("ms_per_s_" + street + "_classify", run.perSecond(run.classified) * stages.classify_ms);
        figures.put("events_per_s_" + street, run.perSecond(run.heard));
        figures.put("classified_per_s_" + street, run.perSecond(run.classified));
    }

    private Run follow(float[] track, int lasting_s) {
        Run run = new Run(classifier);
        Listener[] listeners = new Listener[microphones];
        int[] at = new int[microphones];
        for (int m = 0; m < microphones; m++) {
            listeners[m] = new Listener(run, ListenerSettings.STANDARD, run);
            at[m] = (int) ((long) m * track.length / microphones) / BLOCK * BLOCK;
        }
        long began_ns = threads.getCurrentThreadCpuTime();
        for (int block = 0; block < lasting_s * RATE / BLOCK; block++) {
            Instant time = Instant.EPOCH.plusMillis(block * 100L);
            for (int m = 0; m < microphones; m++) {
                listeners[m].listen(track, at[m], BLOCK, time);
                at[m] = at[m] + 2 * BLOCK > track.length ? 0 : at[m] + BLOCK;
            }
        }
        run.cpu_ms = (threads.getCurrentThreadCpuTime() - began_ns) / 1e6;
        run.audio_s = (double) lasting_s * microphones;
        return run;
    }

    private Stages stages(float[] track) {
        Stages stages = new Stages();
        int frames = Math.min(track.length / FRAME, seconds * 100);
        float[] frame = new float[FRAME];
        Levels levels = new Levels();
        ImpulseTrigger impulses = new ImpulseTrigger(ImpulseTrigger.Settings.STANDARD, new LogMel());
        SustainedTrigger sustained = new SustainedTrigger(SustainedTrigger.Settings.STANDARD);
        for (int pass = 0; pass < 2; pass++) {
            stages.levels_ms = milliseconds(frames, i -> {
                        System.arraycopy(track, i * FRAME, frame, 0, FRAME);
                        levels.take(frame);
                    })
                    * 100;
            stages.triggers_ms = milliseconds(frames, i -> {
                        System.arraycopy(track, i * FRAME, frame, 0, FRAME);
                        impulses.hears(frame);
                        sustained.hears(impulses.level_dB());
                    })
                    * 100;
            OnsetPicker picker = new OnsetPicker(3000);
            float[] around = new float[2720];
            stages.onset_ms = milliseconds(400, i -> {
                System.arraycopy(track, place(track, i), around, 0, around.length);
                picker.pick(around, 1440, around.length, 2400);
            });
            LogMel logMel = new LogMel();
            float[] patch = new float[LogMel.PATCH_FRAMES * LogMel.BANDS];
            stages.logMel_ms = milliseconds(200, i -> logMel.patch(track, place(track, i), patch));
            float[] window = new float[SoundClassifier.WINDOW_SAMPLES];
            stages.classify_ms = milliseconds(200, i -> {
                System.arraycopy(track, place(track, i), window, 0, window.length);
                classifier.classify(window);
            });
        }
        return stages;
    }

    /** Somewhere in the track, with a window's length behind it. */
    private static int place(float[] track, int i) {
        return (int) ((long) i * BLOCK % (track.length - SoundClassifier.WINDOW_SAMPLES));
    }

    private interface Work {
        void on(int i);
    }

    /** Processor time of one call. */
    private double milliseconds(int times, Work work) {
        long began_ns = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            work.on(i);
        }
        return (threads.getCurrentThreadCpuTime() - began_ns) / 1e6 / times;
    }

    /** Milliseconds: levels and triggers of a second of sound, the others of each call. */
    private static final class Stages {
        double levels_ms;
        double triggers_ms;
        double onset_ms;
        double logMel_ms;
        double classify_ms;
    }

    /** What happened while it was measured; counts what the classifier is asked. */
    private static final class Run implements Listener.Sink, SoundClassifier {
        private final SoundClassifier classifier;
        long heard;
        long classified;
        double cpu_ms;
        double audio_s;

        Run(SoundClassifier classifier) {
            this.classifier = classifier;
        }

        double ms_per_s() {
            return cpu_ms / audio_s;
        }

        double perSecond(long count) {
            return count / audio_s;
        }

        @Override
        public void heard(Heard one) {
            heard++;
        }

        @Override
        public void level(LevelReading reading) {
            // Nobody reads it here.
        }

        @Override
        public String name() {
            return classifier.name();
        }

        @Override
        public Map<SoundClass, Double> priors() {
            return classifier.priors();
        }

        @Override
        public Map<SoundClass, Double> classify(float[] window) {
            classified++;
            return classifier.classify(window);
        }

        @Override
        public void close() {
            // The classifier belongs to whoever measures.
        }
    }
}
