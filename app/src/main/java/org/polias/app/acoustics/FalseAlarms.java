// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.Heard;
import org.polias.perceive.acoustics.LevelReading;
import org.polias.perceive.acoustics.Listener;
import org.polias.perceive.acoustics.ListenerSettings;
import org.polias.perceive.acoustics.ShotRule;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.pilots.sound.Chance;
import org.polias.pilots.sound.Place;
import org.polias.pilots.sound.Recorder;
import org.polias.pilots.sound.Repertoire;
import org.polias.pilots.sound.Signal;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Counts how often the alarm sounds where there is no shot. */
final class FalseAlarms {

    /** What goes on in a street by day, a share of the minutes each; in no minute a shot. */
    private static final SortedMap<SoundClass, Double> STREET = new TreeMap<>(Map.ofEntries(
            Map.entry(SoundClass.ENGINE, 0.35),
            Map.entry(SoundClass.VOICE, 0.25),
            Map.entry(SoundClass.IMPACT, 0.25),
            Map.entry(SoundClass.ANIMAL, 0.10),
            Map.entry(SoundClass.HORN, 0.08),
            Map.entry(SoundClass.SIREN, 0.02),
            Map.entry(SoundClass.TOOL, 0.06),
            Map.entry(SoundClass.MUSIC, 0.05),
            Map.entry(SoundClass.CROWD, 0.04),
            Map.entry(SoundClass.BACKFIRE, 0.005),
            Map.entry(SoundClass.GLASS, 0.005)));

    private static final int MINUTE = 60 * SoundClassifier.SAMPLE_RATE_HZ;
    private static final double HOURS_A_DAY = 24;
    /** The 95 % bound of a Poisson mean of which none was seen: the rule of three. */
    private static final List<Double> UPPER_BOUNDS =
            List.of(3.0, 4.74, 6.3, 7.75, 9.15, 10.51, 11.84, 13.15, 14.43, 15.71);

    private final SoundClassifier classifier;
    private final ShotRule rule;
    private long samples;
    private int alarms;
    private int events;
    private final int[] byEvidence = new int[ShotRule.LADDER.size()];

    FalseAlarms(SoundClassifier classifier, ShotRule rule) {
        this.classifier = classifier;
        this.rule = rule;
    }

    private Listener listener(List<ShotRule.Sound> sounds) {
        return new Listener(classifier, ListenerSettings.STANDARD, new Listener.Sink() {
            @Override
            public void heard(Heard heard) {
                sounds.add(heard.sound());
            }

            @Override
            public void level(LevelReading reading) {
                // Only events count.
            }
        });
    }

    /** Hears a recording. */
    FalseAlarms recording(float[] recording) {
        List<ShotRule.Sound> sounds = new ArrayList<>();
        Listener listener = listener(sounds);
        listener.listen(recording, 0, recording.length, Instant.EPOCH);
        listener.end();
        count(sounds);
        samples += recording.length;
        return this;
    }

    /** Hears computed street sound, minute by minute. */
    FalseAlarms street(double hours, Consumer<String> progress) {
        List<ShotRule.Sound> sounds = new ArrayList<>();
        Listener listener = listener(sounds);
        long minutes = Math.max(1, Math.round(hours * 60));
        for (long minute = 0; minute < minutes; minute++) {
            float[] sound = minute(Chance.of(7, minute));
            listener.listen(sound, 0, sound.length, Instant.EPOCH.plusSeconds(60 * minute));
            samples += sound.length;
            if (minute % 10 == 9) {
                progress.accept("%d of %d minutes".formatted(minute + 1, minutes));
            }
        }
        listener.end();
        count(sounds);
        return this;
    }

    /** Counts the sounds and the episodes that are called shots: each is an alarm. */
    private void count(List<ShotRule.Sound> sounds) {
        events += sounds.size();
        for (List<ShotRule.Sound> episode : ShotRule.episodes(sounds)) {
            alarms += rule.isShot(episode) ? 1 : 0;
            for (int i = 0; i < byEvidence.length; i++) {
                byEvidence[i] += ShotRule.strict(ShotRule.LADDER.get(i)).isShot(episode) ? 1 : 0;
            }
        }
    }

    private static float[] minute(Chance chance) {
        double[] sound = Repertoire.street(MINUTE, chance);
        Signal.scale(sound, 0.02 / Math.max(1e-9, Signal.rms(sound)));
        STREET.forEach((soundClass, share) -> {
            Chance own = new Chance(chance.bits() + soundClass.ordinal());
            if (own.happens(share)) {
                double[] source = Repertoire.play(soundClass, own);
                double[] heard = Place.any(own).hear(source, own);
                double gain = 0.02 * Signal.amplitude(own.between(-5.0, 35.0)) / Math.max(1e-9, Signal.loudest(heard));
                Signal.add(sound, heard, own.between(0, MINUTE - heard.length), gain);
            }
        });
        Recorder.PLAIN.withPeak(own(sound)).record(sound, chance);
        return Curriculum.floats(sound);
    }

    /** The peak that it has anyway, unless it would be overloaded. */
    private static double own(double[] sound) {
        return Math.min(1, Signal.peak(sound));
    }

    void report(ObjectNode node) {
        double days = (double) samples / SoundClassifier.SAMPLE_RATE_HZ / 3600 / HOURS_A_DAY;
        double bound = alarms < UPPER_BOUNDS.size() ? UPPER_BOUNDS.get(alarms) : alarms + 1.645 * Math.sqrt(alarms) + 2;
        node.put("hours", Math.rint(days * HOURS_A_DAY * 1e4) / 1e4);
        node.put("events", events);
        node.put("alarms", alarms);
        node.put("per_sensor_day", alarms / days);
        node.put("per_sensor_day_at_most_95", bound / days);
        ObjectNode strict = node.putObject("per_sensor_day_by_evidence");
        for (int i = 0; i < byEvidence.length; i++) {
            strict.put(Double.toString(ShotRule.LADDER.get(i)), byEvidence[i] / days);
        }
    }
}
