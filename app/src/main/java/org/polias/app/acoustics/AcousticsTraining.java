// SPDX-License-Identifier: Apache-2.0
package org.polias.app.acoustics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.polias.perceive.acoustics.training.Teacher;
import org.polias.perceive.acoustics.training.Training;

/** {@code ./polias train acoustics}: reads the recordings, teaches, writes the file. */
public final class AcousticsTraining {

    /** With which the shipped file was made. */
    public static final long SEED = 1;

    public static final int STEPS = 4000;

    /** Its name is the answer's signature in every observation: a file with other weights gets another number. */
    static final String NAME = "polias-acoustics-1";

    private static final int BATCH = 32;
    private static final int WAYS = 4;
    private static final double RATE = 0.003;
    private static final double DECAY = 1e-4;
    private static final double SMOOTHING = 0.05;
    private static final int CALIBRATED_ON = 6000;
    private static final int CLIPS = 800;
    private static final double CLIP_S = 4;
    /** Sounds and clips that are calibrated with must not be those that were learnt from. */
    private static final long OTHER = 0x5851f42d4c957f2dL;

    private AcousticsTraining() {}

    /** Trains; says in a few lines what came of it. */
    public static String run(Path directory, long seed, int steps, Path out, Consumer<String> progress)
            throws IOException {
        Corpus corpus = Corpus.read(directory);
        progress.accept("%d recordings to learn from, %d to calibrate with"
                .formatted(corpus.recordings().size(), corpus.heldOut().size()));
        Training training = new Training(seed, steps, BATCH, WAYS, RATE, DECAY, SMOOTHING);
        Teacher.Taught taught = new Teacher(NAME, training, CALIBRATED_ON, CLIPS)
                .teach(
                        Curriculum.sounds(seed, corpus.recordings()),
                        Curriculum.sounds(seed ^ OTHER, corpus.heldOut()),
                        Curriculum.clips(~seed ^ OTHER, corpus.heldOut(), CLIP_S),
                        (count, task) -> IntStream.range(0, count).parallel().forEach(task),
                        (step, loss, right) -> progress.accept(
                                "step %d of %d: loss %.3f, right %.3f".formatted(step, steps, loss, right)));
        Files.write(out, taught.file());
        return "%s: %d bytes, sha256 %s%nIt tells %.1f %% of held-out sounds rightly; temperature %.3f."
                .formatted(
                        out,
                        taught.file().length,
                        sha256(taught.file()),
                        100 * taught.right(),
                        taught.calibration().temperature());
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
