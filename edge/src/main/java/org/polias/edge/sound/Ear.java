// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.sound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

import org.polias.edge.clip.ClipFolder;
import org.polias.edge.clip.ClipKeys;
import org.polias.edge.decode.RawResult;
import org.polias.edge.decode.Reading;
import org.polias.model.acoustics.Listening;
import org.polias.model.city.Datastream;
import org.polias.model.id.DatastreamId;
import org.polias.model.observation.Quality;
import org.polias.model.observation.Result;
import org.polias.perceive.acoustics.Decimator;
import org.polias.perceive.acoustics.Heard;
import org.polias.perceive.acoustics.LevelReading;
import org.polias.perceive.acoustics.Listener;
import org.polias.perceive.acoustics.ListenerSettings;
import org.polias.perceive.acoustics.SoundClassifier;

/**
 * Listens to one microphone. What it hears are readings of the microphone's datastream of sound events and, where that names one, of a
 * datastream of levels. Sound that was listened to is forgotten. Thread-safe; blocks must come in their order.
 */
final class Ear {

    private static final long NANOS_PER_S = 1_000_000_000;

    private final String events;
    private final Optional<String> levels;
    private final Optional<ClipTaker> clipTaker;
    private final Listener listener;
    private final List<Reading> readings = new ArrayList<>();
    private Decimator decimator = new Decimator(SoundClassifier.SAMPLE_RATE_HZ);
    private int rate_Hz = SoundClassifier.SAMPLE_RATE_HZ;
    private float[] block = new float[0];
    private boolean isClockTrusted = true;

    /** @param clips where sealed clips are kept, if anywhere */
    Ear(Datastream datastream, SoundClassifier classifier, Optional<ClipFolder> clips) {
        this.events = datastream.id().value();
        this.levels = Listening.findLevels(datastream).map(DatastreamId::value);
        this.clipTaker =
                clips.flatMap(folder -> Optional.ofNullable(datastream.mapping().get(Listening.CLIP_KEY))
                        .map(key -> new ClipTaker(events, key, folder)));
        OptionalDouble fullScale_dB = fullScale_dB(datastream);
        ListenerSettings settings = fullScale_dB.isPresent()
                ? ListenerSettings.STANDARD.calibrated(fullScale_dB.getAsDouble())
                : ListenerSettings.STANDARD;
        this.listener = new Listener(classifier, settings, new Listener.Sink() {
            @Override
            public void heard(Heard heard) {
                readings.add(event(heard));
            }

            @Override
            public void level(LevelReading reading) {
                levels.ifPresent(name -> readings.add(levelOf(name, reading)));
            }
        });
    }

    /** What is wrong with what the datastream says of how it is to be listened to; empty if nothing is. */
    static Optional<String> findFault(Datastream datastream) {
        String text = datastream.mapping().get(Listening.FULL_SCALE);
        if (text != null && fullScale_dB(datastream).isEmpty()) {
            return Optional.of("The datastream '%s' gives %s as %s; a number between 60 and 200 can be."
                    .formatted(datastream.id(), text, Listening.FULL_SCALE));
        }
        String key = datastream.mapping().get(Listening.CLIP_KEY);
        return key != null && !ClipKeys.isPublicKey(key)
                ? Optional.of("The datastream '%s' gives a %s that is no public key of clips."
                        .formatted(datastream.id(), Listening.CLIP_KEY))
                : Optional.empty();
    }

    private static OptionalDouble fullScale_dB(Datastream datastream) {
        String text = datastream.mapping().get(Listening.FULL_SCALE);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double level_dB = Double.parseDouble(text);
            return level_dB >= 60 && level_dB <= 200 ? OptionalDouble.of(level_dB) : OptionalDouble.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalDouble.empty();
        }
    }

    /**
     * What is heard once the block has come; what began in it may be heard only in a later one.
     *
     * @param isClockTrusted whether the block says when it was sampled, by a clock that is set
     */
    synchronized List<Reading> hear(Pcm pcm, boolean isClockTrusted) {
        this.isClockTrusted = isClockTrusted;
        if (pcm.rate_Hz() != rate_Hz) {
            rate_Hz = pcm.rate_Hz();
            decimator = new Decimator(rate_Hz);
        }
        int most = decimator.most(pcm.samples().length);
        if (block.length < most) {
            block = new float[most];
        }
        int length = decimator.take(pcm.samples(), pcm.samples().length, block);
        if (length > 0) {
            Instant first = pcm.first().minusNanos(Math.round(decimator.delay_s() * NANOS_PER_S));
            clipTaker.ifPresent(taker -> taker.remember(block, length, first));
            listener.listen(block, 0, length, first);
            clipTaker.ifPresent(taker -> taker.take(false));
        }
        return taken();
    }

    /** What is still to be said when the stream has ended. */
    synchronized List<Reading> end() {
        listener.end();
        clipTaker.ifPresent(taker -> taker.take(true));
        return taken();
    }

    private List<Reading> taken() {
        List<Reading> all = List.copyOf(readings);
        readings.clear();
        return all;
    }

    private Reading event(Heard heard) {
        Result.EventRecord record = heard.event().toResult();
        TreeMap<String, String> attributes = new TreeMap<>(record.attributes());
        clipTaker
                .flatMap(taker -> taker.await(heard.onset(), heard.event()))
                .ifPresent(name -> attributes.put("clip", name));
        return reading(events, heard.onset(), new RawResult.Event(record.type(), attributes));
    }

    private Reading levelOf(String name, LevelReading reading) {
        return reading(name, reading.time(), new RawResult.Real(Math.round(reading.fast_dB() * 10) / 10.0));
    }

    private Reading reading(String datastream, Instant time, RawResult result) {
        return new Reading(
                Optional.of(datastream),
                Optional.of(time),
                result,
                isClockTrusted ? Quality.GOOD : Quality.UNCERTAIN,
                Optional.empty(),
                Optional.empty(),
                0,
                Pcm.HEADER_BYTES);
    }
}
