// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.acoustics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.polias.detect.DetectorBank;
import org.polias.detect.script.Script;
import org.polias.model.acoustics.SoundClass;
import org.polias.model.acoustics.SoundEvent;
import org.polias.model.city.SiteDefinition;
import org.polias.model.detection.Detection;
import org.polias.model.place.Offset;

/** Sounds made at places, heard by microphones when they arrive, as a script for detectors. Sound travels at 340.4 m/s. */
final class Sounds {

    private static final double SPEED_M_PER_S = 340.4;
    /** What the classifier thinks of how often each class is: all classes alike, the rest ambient noise. */
    private static final double RARE = 0.04;

    private final Map<String, Offset> ears;
    private final DetectorBank bank;
    private final Script script;
    private final List<Line> lines = new ArrayList<>();

    private record Line(double at_s, String text) {}

    Sounds(SiteDefinition site, Map<String, Offset> ears, String... detectors) {
        this.ears = new LinkedHashMap<>(ears);
        this.bank = DetectorBank.of(site, kind -> List.of(detectors).contains(kind.name()));
        this.script = Script.driving(bank);
    }

    DetectorBank bank() {
        return bank;
    }

    /** A sound that every microphone hears, as this class with this probability; the rest goes to impacts. */
    Sounds at(double time_s, Offset source, SoundClass soundClass, double probability) {
        ears.forEach((ear, place) -> heard(
                ear,
                time_s + place.minus(source).length_m() / SPEED_M_PER_S,
                soundClass,
                probability,
                140 - 20 * Math.log10(Math.max(1, place.minus(source).length_m()))));
        return this;
    }

    /** One microphone hears something. */
    Sounds heard(String ear, double onset_s, SoundClass soundClass, double probability, double level_dB) {
        return reported(ear, onset_s, onset_s + 0.05, soundClass, probability, level_dB);
    }

    /** The same, reported at some time. */
    Sounds reported(
            String ear, double onset_s, double known_s, SoundClass soundClass, double probability, double level_dB) {
        SoundClass other = soundClass == SoundClass.IMPACT ? SoundClass.AMBIENT : SoundClass.IMPACT;
        return reported(ear, onset_s, known_s, Map.of(soundClass, probability, other, 1 - probability), level_dB);
    }

    /** One microphone hears something that may be several things. */
    Sounds mixed(String ear, double onset_s, Map<SoundClass, Double> probabilities) {
        return reported(ear, onset_s, onset_s + 0.05, probabilities, 95);
    }

    private Sounds reported(
            String ear, double onset_s, double known_s, Map<SoundClass, Double> probabilities, double level_dB) {
        Map<SoundClass, Double> priors = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            priors.put(each, each == SoundClass.AMBIENT ? 1 - RARE * (SoundClass.values().length - 1) : RARE);
        }
        SoundEvent event = new SoundEvent(0.003, 0.2, level_dB, level_dB + 10, 25, true, probabilities, priors, "test");
        String attributes = event.toResult().attributes().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
        lines.add(new Line(
                known_s, "%s %s acoustic.event %s at %s".formatted(time(known_s), ear, attributes, time(onset_s))));
        return this;
    }

    Sounds line(double at_s, String text) {
        lines.add(new Line(at_s, time(at_s) + " " + text));
        return this;
    }

    /** Ticks every second until then. */
    Sounds until(double end_s) {
        for (int s = 0; s <= end_s; s++) {
            line(s, "tick");
        }
        return this;
    }

    /** What is detected, a line each, with the time at which it was. */
    List<String> told() {
        lines.sort(Comparator.comparingDouble(Line::at_s));
        List<String> told = new ArrayList<>();
        for (Line line : lines) {
            script.play(line.text)
                    .lines()
                    .skip(1)
                    .forEach(claim -> told.add(String.format(Locale.ROOT, "%.2f %s", line.at_s, claim.strip())));
        }
        lines.clear();
        return told;
    }

    List<Detection> detections() {
        told();
        return script.detections();
    }

    private static String time(double s) {
        return String.format(Locale.ROOT, "00:%02d:%09.6f", (int) (s / 60), s % 60);
    }
}
