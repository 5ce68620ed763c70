// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.ClipHearing;
import org.polias.perceive.acoustics.Heard;
import org.polias.perceive.acoustics.ShotRule;
import org.polias.perceive.acoustics.SoundClassifier;
import org.polias.perceive.acoustics.evaluation.Judged;
import org.polias.pilots.sound.Chance;
import org.polias.pilots.sound.Repertoire;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How well a classifier tells shots from all else, on clips whose folders say what they are. */
final class AcousticsEvaluation {

    /** How much louder the clip's loudest 50 ms are than the street noise that is mixed in, dB. */
    private static final int[] SNRS_DB = {-5, 0, 5, 10, 20, 30};

    private static final double[] FALSE_POSITIVES = {0.005, 0.01, 0.02, 0.05};
    private static final int LOUD_SAMPLES = SoundClassifier.SAMPLE_RATE_HZ / 20;
    private static final long NOISE_SEED = 20_260_101;

    private final ClipHearing hearing;
    private final ClipHearing.Scale scale;
    private final ShotRule rule;
    private final String model;
    private final Consumer<String> progress;

    AcousticsEvaluation(SoundClassifier classifier, ClipHearing.Scale scale, ShotRule rule, Consumer<String> progress) {
        this.hearing = new ClipHearing(classifier);
        this.scale = scale;
        this.rule = rule;
        this.model = classifier.name();
        this.progress = progress;
    }

    /** A file to be heard. */
    record Labelled(Path file, String folder, SoundClass soundClass) {}

    /**
     * What a directory holds.
     *
     * @param unknown names of folders that mean no class
     */
    record Collection(List<Labelled> clips, List<String> unknown) {

        /** Looks for folders named by class, and all files in them. */
        static Collection of(Path directory) {
            List<Labelled> clips = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            try (Stream<Path> folders = Files.list(directory)) {
                for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
                    String name = folder.getFileName().toString();
                    Optional<SoundClass> soundClass = ClassNames.find(name);
                    if (soundClass.isEmpty()) {
                        unknown.add(name);
                        continue;
                    }
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(Files::isRegularFile)
                                .sorted()
                                .forEach(file -> clips.add(new Labelled(file, name, soundClass.orElseThrow())));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Collection(clips, unknown);
        }
    }

    /** What was said of a clip. */
    private record Answer(Labelled clip, double probability, List<ShotRule.Sound> sounds, SoundClass mostProbable) {

        /** Whether there are shots in what a listener reports of it. */
        boolean isCalledShot(ShotRule by) {
            return ShotRule.episodes(sounds).stream().anyMatch(by::isShot);
        }

        Judged judged() {
            return new Judged(probability, clip.soundClass() == SoundClass.GUNSHOT);
        }
    }

    /** Hears all of it. */
    ObjectNode evaluate(Collection collection, boolean withNoise) {
        List<Answer> answers = new ArrayList<>();
        Map<Integer, List<Judged>> bySnr = new TreeMap<>();
        Map<String, String> unreadable = new TreeMap<>();
        int count = 0;
        for (Labelled clip : collection.clips()) {
            switch (Clips.read(clip.file())) {
                case Clips.Read.Sound sound -> {
                    answers.add(answer(clip, sound.samples()));
                    for (int snr_dB : withNoise ? SNRS_DB : new int[0]) {
                        float[] noisy = noisy(sound.samples(), snr_dB, answers.size());
                        bySnr.computeIfAbsent(snr_dB, _ -> new ArrayList<>())
                                .add(new Judged(
                                        probability(hearing.look(noisy)), clip.soundClass() == SoundClass.GUNSHOT));
                    }
                }
                case Clips.Read.Unreadable reason ->
                    unreadable.put(clip.folder() + "/" + clip.file().getFileName(), reason.reason());
            }
            if (++count % 20 == 0) {
                progress.accept(
                        "%d of %d clips".formatted(count, collection.clips().size()));
            }
        }
        return report(answers, bySnr, unreadable, collection.unknown());
    }

    private Answer answer(Labelled clip, float[] samples) {
        ClipHearing.Hearing heard = hearing.hear(samples);
        return new Answer(
                clip,
                probability(heard),
                heard.events().stream().map(Heard::sound).toList(),
                heard.mostProbable());
    }

    private double probability(ClipHearing.Hearing heard) {
        return scale.probability(heard.evidence(SoundClass.GUNSHOT));
    }

    private ObjectNode report(
            List<Answer> answers,
            Map<Integer, List<Judged>> bySnr,
            Map<String, String> unreadable,
            List<String> unknown) {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        List<Judged> all = answers.stream().map(Answer::judged).toList();
        report.put("model", model);
        report.put("clips", answers.size());
        report.put("gunshots", all.stream().filter(Judged::isSo).count());
        put(report, "gunshot_auc", Judged.rocAuc(all));
        put(report, "gunshot_recall_at_1pct_fpr", Judged.recall(all, 0.01));
        ObjectNode recalls = report.putObject("gunshot_recall_at_fpr");
        for (double share : FALSE_POSITIVES) {
            put(recalls, Double.toString(share), Judged.recall(all, share));
        }
        put(report, "ece", Judged.calibrationError(all));
        put(report, "brier", Judged.brierScore(all));
        decision(report.putObject("decision"), answers);
        ObjectNode byClass = report.putObject("by_class");
        ObjectNode confusion = report.putObject("confusion");
        Map<String, List<Answer>> byFolder = new TreeMap<>();
        answers.forEach(each -> byFolder.computeIfAbsent(each.clip().folder(), _ -> new ArrayList<>())
                .add(each));
        byFolder.forEach((folder, those) -> {
            ObjectNode node = byClass.putObject(folder);
            node.put("class", those.getFirst().clip().soundClass().code());
            node.put("clips", those.size());
            put(
                    node,
                    "mean_gunshot_probability",
                    those.stream().mapToDouble(Answer::probability).average().orElse(Double.NaN));
            put(node, "called_shot", share(those, each -> each.isCalledShot(rule)));
            put(
                    node,
                    "told_rightly",
                    share(those, each -> each.mostProbable() == each.clip().soundClass()));
            Map<SoundClass, Integer> told = new EnumMap<>(SoundClass.class);
            those.forEach(each -> told.merge(each.mostProbable(), 1, Integer::sum));
            ObjectNode row = confusion.putObject(folder);
            told.forEach((soundClass, number) -> row.put(soundClass.code(), number));
        });
        ObjectNode noise = report.putObject("by_snr");
        bySnr.forEach((snr_dB, judged) -> {
            ObjectNode node = noise.putObject(Integer.toString(snr_dB));
            put(node, "gunshot_auc", Judged.rocAuc(judged));
            put(node, "gunshot_recall_at_1pct_fpr", Judged.recall(judged, 0.01));
            put(node, "ece", Judged.calibrationError(judged));
        });
        unknown.forEach(report.putArray("unknown_folders")::add);
        ObjectNode broken = report.putObject("unreadable");
        unreadable.forEach(broken::put);
        return report;
    }

    /** What the yes or no that alarms is worth. */
    private void decision(ObjectNode node, List<Answer> answers) {
        List<Answer> shots = answers.stream()
                .filter(each -> each.clip().soundClass() == SoundClass.GUNSHOT)
                .toList();
        List<Answer> others = answers.stream()
                .filter(each -> each.clip().soundClass() != SoundClass.GUNSHOT)
                .toList();
        List<Answer> rivals = answers.stream()
                .filter(each -> switch (each.clip().soundClass()) {
                    case FIREWORK, THUNDER, IMPACT -> true;
                    default -> false;
                })
                .toList();
        node.put("evidence_once", rule.once());
        node.put("evidence_twice", rule.twice());
        node.put("against_rivals", rule.againstRivals());
        shares(node, shots, others, rivals, rule);
        ObjectNode strict = node.putObject("by_evidence");
        for (double evidence : ShotRule.LADDER) {
            shares(strict.putObject(Double.toString(evidence)), shots, others, rivals, ShotRule.strict(evidence));
        }
    }

    private static void shares(
            ObjectNode node, List<Answer> shots, List<Answer> others, List<Answer> rivals, ShotRule by) {
        put(node, "recall", share(shots, each -> each.isCalledShot(by)));
        put(node, "false_positives", share(others, each -> each.isCalledShot(by)));
        put(node, "fireworks_thunder_doors_called_shot", share(rivals, each -> each.isCalledShot(by)));
    }

    private static double share(List<Answer> answers, Predicate<Answer> of) {
        return answers.isEmpty()
                ? Double.NaN
                : (double) answers.stream().filter(of).count() / answers.size();
    }

    /** Six digits; what cannot be said is null. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, Math.rint(value * 1e6) / 1e6);
        }
    }

    private static float[] noisy(float[] clip, int snr_dB, long seed) {
        double[] noise = Repertoire.street(clip.length, Chance.of(NOISE_SEED, seed));
        double loudest = 0;
        for (int at = 0; at + LOUD_SAMPLES <= clip.length; at += LOUD_SAMPLES) {
            double sum = 0;
            for (int n = at; n < at + LOUD_SAMPLES; n++) {
                sum += clip[n] * clip[n];
            }
            loudest = Math.max(loudest, sum / LOUD_SAMPLES);
        }
        double energy = 0;
        for (double each : noise) {
            energy += each * each;
        }
        double gain = Math.sqrt(loudest / Math.max(1e-12, energy / noise.length)) * Math.pow(10, -snr_dB / 20.0);
        float[] noisy = new float[clip.length];
        for (int n = 0; n < clip.length; n++) {
            noisy[n] = (float) (clip[n] + gain * noise[n]);
        }
        return noisy;
    }
}
