// SPDX-License-Identifier: Apache-2.0
package org.polias.app.listening;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;

import org.polias.edge.media.AudioFault;
import org.polias.edge.media.AudioFiles;
import org.polias.edge.media.AudioStream;
import org.polias.perceive.acoustics.Heard;
import org.polias.perceive.acoustics.LevelReading;
import org.polias.perceive.acoustics.Listener;
import org.polias.perceive.acoustics.ListenerSettings;
import org.polias.perceive.acoustics.SoundClassifier;

/** Listens to files as to a microphone whose clock begins at 0. For one thread. */
public final class FileListener {

    private static final int BLOCK = SoundClassifier.SAMPLE_RATE_HZ / 10;
    private static final long NANOS_PER_SAMPLE = 1_000_000_000L / SoundClassifier.SAMPLE_RATE_HZ;
    /** Windows overlap by half, as patches of {@link org.polias.perceive.acoustics.LogMel} do. */
    private static final int WINDOW_HOP = SoundClassifier.WINDOW_SAMPLES / 2;

    private static final double SILENCE_DB = -120;

    private final SoundClassifier classifier;
    private final ListenerSettings settings;
    private final boolean isAllWanted;

    /** @param isAllWanted whether the whole file is classified too, window by window */
    public FileListener(SoundClassifier classifier, ListenerSettings settings, boolean isAllWanted) {
        this.classifier = classifier;
        this.settings = settings;
        this.isAllWanted = isAllWanted;
    }

    /**
     * Listens to a file to its end.
     *
     * @param progress is told how many seconds of it have been listened to
     */
    public FileReport listen(Path file, DoubleConsumer progress) {
        return switch (AudioFiles.open(file)) {
            case AudioFiles.Opening.Refused(AudioFault fault) ->
                new FileReport(file, Optional.empty(), Optional.of(fault), 0, List.of(), List.of());
            case AudioFiles.Opening.Opened(AudioStream stream) -> {
                try (stream) {
                    yield listen(file, stream, progress);
                }
            }
        };
    }

    private FileReport listen(Path file, AudioStream stream, DoubleConsumer progress) {
        List<FileReport.Event> events = new ArrayList<>();
        List<FileReport.Window> windows = new ArrayList<>();
        Listener listener = new Listener(classifier, settings, new Listener.Sink() {
            @Override
            public void heard(Heard heard) {
                events.add(new FileReport.Event(seconds(heard.onset()), heard.event(), heard.isClipped()));
            }

            @Override
            public void level(LevelReading reading) {
                progress.accept(seconds(reading.time()));
            }
        });
        float[] block = new float[BLOCK];
        float[] window = new float[SoundClassifier.WINDOW_SAMPLES];
        int inWindow = 0;
        long at = 0;
        int count;
        while ((count = stream.read(block, 0, BLOCK)) > 0) {
            listener.listen(block, 0, count, Instant.EPOCH.plusNanos(at * NANOS_PER_SAMPLE));
            if (isAllWanted) {
                for (int i = 0; i < count; i++) {
                    window[inWindow++] = block[i];
                    if (inWindow == window.length) {
                        windows.add(window(at + i + 1 - inWindow, window));
                        inWindow -= WINDOW_HOP;
                        System.arraycopy(window, WINDOW_HOP, window, 0, inWindow);
                    }
                }
            }
            at += count;
        }
        listener.end();
        boolean isRestUnheard =
                inWindow > SoundClassifier.WINDOW_SAMPLES - WINDOW_HOP || windows.isEmpty() && inWindow > 0;
        if (isRestUnheard) {
            Arrays.fill(window, inWindow, window.length, 0);
            windows.add(window(at - inWindow, window));
        }
        events.sort(Comparator.comparingDouble(FileReport.Event::onset_s));
        double duration_s = (double) at / SoundClassifier.SAMPLE_RATE_HZ;
        return new FileReport(file, Optional.of(stream.format()), stream.findFault(), duration_s, events, windows);
    }

    private FileReport.Window window(long begin, float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        double mean = sum / samples.length;
        double level_dB = mean > 1e-12 ? 10 * Math.log10(mean) : SILENCE_DB;
        return new FileReport.Window(
                (double) begin / SoundClassifier.SAMPLE_RATE_HZ, level_dB, classifier.classify(samples));
    }

    private static double seconds(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos() / 1e9;
    }
}
