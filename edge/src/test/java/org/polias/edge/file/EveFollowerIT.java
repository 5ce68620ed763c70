// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.polias.edge.Edge;
import org.polias.edge.MemoryLog;
import org.polias.edge.TestCity;
import org.polias.edge.intake.IntakeLimits;
import org.polias.model.admission.Quarantined;
import org.polias.model.admission.Reason;
import org.polias.model.id.DeviceId;
import org.polias.model.observation.Result;
import org.polias.model.port.Registry.Device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.polias.edge.Eventually.eventually;

@Timeout(60)
class EveFollowerIT {

    private static final Device FOLLOWER = new Device(new DeviceId("file-ids"), TestCity.PILSEN, Optional.empty());

    @TempDir
    private Path folder;

    private final TestCity city = new TestCity();
    private final MemoryLog log = new MemoryLog(100);
    private Edge edge = newEdge();
    private Path file = Path.of("set before each");
    private Path state = file;

    private Edge newEdge() {
        return new Edge(city, log, InstantSource.system(), IntakeLimits.DEFAULT);
    }

    @BeforeEach
    void folders() throws IOException {
        file = Files.createDirectory(folder.resolve("logs")).resolve("eve.json");
        state = Files.createDirectory(folder.resolve("state"));
    }

    @AfterEach
    void stop() {
        edge.close();
        log.close();
    }

    @Test
    void aFileIsReadFromItsBeginningAndAsItGrowsAlsoWhenALineComesInPieces() throws IOException {
        write(file, line(1) + line(2));
        follow();
        eventuallySeen(1, 2);
        append(file, line(3).substring(0, 40));
        append(file, line(3).substring(40) + line(4));
        eventuallySeen(1, 2, 3, 4);
        assertThat(log.quarantine()).isEmpty();
        assertThat(log.events().getFirst().device()).isEqualTo(FOLLOWER.id());
    }

    @Test
    void aMissingFileIsWaitedFor() throws IOException {
        EveFollower follower = follow();
        write(file, line(1));
        eventuallySeen(1);
        assertThat(follower.findProblem()).isEmpty();
        Files.delete(file);
        write(file, line(2));
        eventuallySeen(1, 2);
    }

    @Test
    void aFileThatIsRotatedByRenamingIsReadToItsEndFirst() throws IOException {
        write(file, line(1));
        follow();
        eventuallySeen(1);
        Files.move(file, file.resolveSibling("eve.json.1"));
        append(file.resolveSibling("eve.json.1"), line(2) + line(3).strip());
        write(file, line(4));
        eventuallySeen(1, 2, 3, 4);
        append(file, line(5));
        eventuallySeen(1, 2, 3, 4, 5);
    }

    @Test
    void aFileThatIsTruncatedIsReadFromItsBeginning() throws IOException {
        write(file, line(1) + line(2));
        follow();
        eventuallySeen(1, 2);
        Files.writeString(file, "", StandardOpenOption.TRUNCATE_EXISTING);
        append(file, line(3));
        eventuallySeen(1, 2, 3);
        Files.writeString(file, line(4) + line(5) + line(6), StandardOpenOption.TRUNCATE_EXISTING);
        eventuallySeen(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aFileThatIsWrittenAnewWhileItsLinesAreDeliveredIsReadFromItsBeginning() throws IOException {
        write(file, "");
        follow();
        for (int i = 1; i <= 40; i++) {
            Files.writeString(file, line(2 * i - 1) + line(2 * i), StandardOpenOption.TRUNCATE_EXISTING);
            eventuallySeen(IntStream.rangeClosed(1, 2 * i).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void whatWasNotReadBeforeACopyAndTruncationIsReadFromTheCopy() throws IOException {
        write(file, line(1));
        EveFollower follower = follow();
        eventuallySeen(1);
        follower.close();
        append(file, line(2) + line(3));
        Files.copy(file, file.resolveSibling("eve.json-20261121"));
        Files.writeString(file, line(4), StandardOpenOption.TRUNCATE_EXISTING);
        follow();
        eventuallySeen(1, 2, 3, 4);
    }

    @Test
    void severalCopiesAndTruncationsBetweenTwoLooksLoseNothing() throws IOException {
        write(file, line(1));
        follow();
        eventuallySeen(1);
        append(file, line(2));
        for (int i = 3; i <= 7; i++) {
            Files.copy(file, file.resolveSibling("eve.json." + i));
            Files.writeString(file, line(i), StandardOpenOption.TRUNCATE_EXISTING);
        }
        eventuallySeen(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void whatIsNoFileIsToldAndNotOpened() throws IOException {
        Files.createDirectory(file);
        EveFollower follower = follow();
        eventually("the problem is told", () -> follower.findProblem()
                .filter(problem -> problem.contains("not a regular file"))
                .isPresent());
        Files.delete(file);
        write(file, line(1));
        eventuallySeen(1);
    }

    @Test
    void whatWasRotatedWhileNobodyFollowedIsReadInItsOrder() throws IOException {
        write(file, line(1));
        EveFollower follower = follow();
        eventuallySeen(1);
        follower.close();
        append(file, line(2));
        Path second = file.resolveSibling("eve.json.2");
        Path first = file.resolveSibling("eve.json.1");
        Files.move(file, second);
        write(first, line(3) + line(4));
        Files.setLastModifiedTime(second, FileTime.from(Instant.parse("2026-11-20T00:00:00Z")));
        Files.setLastModifiedTime(first, FileTime.from(Instant.parse("2026-11-21T00:00:00Z")));
        write(file.resolveSibling("eve.json.3.gz"), "packed");
        write(file, line(5));
        follow();
        eventuallySeen(1, 2, 3, 4, 5);
        assertThat(numbers()).containsExactly(1, 2, 3, 4, 5);
        append(file, line(6));
        eventuallySeen(1, 2, 3, 4, 5, 6);
        assertThat(log.quarantine()).isEmpty();
    }

    @Test
    void whileTheFileIsMissingWhatItWasIsStillFinished() throws IOException {
        write(file, line(1));
        EveFollower follower = follow();
        eventuallySeen(1);
        follower.close();
        append(file, line(2));
        Files.move(file, file.resolveSibling("eve.json.1"));
        follow();
        eventuallySeen(1, 2);
        write(file, line(3));
        eventuallySeen(1, 2, 3);
        assertThat(numbers()).containsExactly(1, 2, 3);
    }

    @Test
    void itGoesOnWhereItWasAndNothingIsLostHoweverOftenItIsStopped() throws Exception {
        write(file, "");
        Set<Integer> expected = IntStream.range(0, 3_000).boxed().collect(Collectors.toSet());
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 3_000; i++) {
                append(file, line(i));
                if (i % 1_000 == 999) {
                    rotate();
                }
            }
        });
        for (int i = 0; i < 20; i++) {
            EveFollower follower = follow();
            Thread.sleep(10 + i * 7 % 30);
            follower.close();
        }
        writer.join();
        follow();
        eventually("all lines are in the log", () -> Set.copyOf(numbers()).equals(expected));
        assertThat(log.quarantine()).isEmpty();
        assertThat(log.deepest()).isLessThanOrEqualTo(100);
    }

    @Test
    void whatIsRotatedAwayWhileAnOlderFileIsStillReadIsReadAfterIt() throws IOException {
        write(file, line(1));
        EveFollower before = follow();
        eventuallySeen(1);
        before.close();
        append(file, line(2));
        rotate();
        write(file, line(3));

        log.fail(true);
        EveFollower follower = follow();
        eventually(
                "it is held up in the older file", () -> follower.findProblem().isPresent());
        rotate();
        write(file, line(4));
        log.fail(false);
        eventuallySeen(1, 2, 3, 4);
    }

    @Test
    void whatIsNoEveLineOrTooLongGoesToQuarantineAndTheRestIsRead() throws IOException {
        write(file, line(1) + "not json\n\n" + "{\"pad\":\"" + "x".repeat(3 << 20) + "\"}\n" + line(2));
        follow();
        eventuallySeen(1, 2);
        assertThat(log.quarantine()).map(Quarantined::reason).containsExactly(Reason.MALFORMED, Reason.OVERSIZED);
        assertThat(log.quarantine()).allSatisfy(kept -> {
            assertThat(kept.way()).isEqualTo("file");
            assertThat(kept.address()).isEqualTo(file + "#ids");
        });
    }

    @Test
    void whenTheLogFailsTheLinesAreDeliveredAgain() throws IOException {
        log.fail(true);
        write(file, line(1));
        EveFollower follower = follow();
        eventually("the failure is told", () -> follower.findProblem().isPresent());
        log.fail(false);
        eventuallySeen(1);
        eventually("all is well again", () -> follower.findProblem().isEmpty());
    }

    @Test
    void aBookmarkThatCannotBeReadIsToldWithAdviceAndNothingIsSkipped() throws IOException {
        write(file, line(1));
        EveFollower follower = follow();
        eventuallySeen(1);
        eventually("the bookmark is written", () -> follower.delivered_bytes() > 0);
        follower.close();
        Path bookmark;
        try (Stream<Path> files = Files.list(state)) {
            bookmark = files.findFirst().orElseThrow();
        }
        Files.writeString(bookmark, "scribble");
        EveFollower again = follow();
        eventually("it is told", () -> again.findProblem().orElse("").contains("Maybe delete it"));
        Files.delete(bookmark);
        append(file, line(2));
        eventually("it is read", () -> numbers().contains(2));
    }

    @Test
    void everyFileThatSuricataItselfWroteIsTakenWhole() throws IOException {
        Path corpus = Path.of(System.getProperty("polias.shared", "../../shared/data"), "cyber");
        Assumptions.assumeTrue(Files.isDirectory(corpus), "no Suricata files at " + corpus.toAbsolutePath());
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(corpus)) {
            for (Path eve :
                    files.filter(path -> path.endsWith("eve.json")).sorted().toList()) {
                Files.readString(eve).lines().filter(line -> !line.isBlank()).forEach(lines::add);
            }
        }
        write(file, String.join("\n", lines) + "\n");
        follow();
        eventually(
                "all is in the log",
                () -> log.events().stream()
                                .map(e -> e.observation().id())
                                .distinct()
                                .count()
                        == lines.stream().distinct().count());
        assertThat(log.quarantine()).isEmpty();
    }

    private EveFollower follow() {
        return edge.follow(file, "ids", FOLLOWER, state);
    }

    private void eventuallySeen(Integer... expected) {
        eventually("the lines %s are in the log".formatted(List.of(expected)), () -> numbers()
                .equals(List.of(expected)));
    }

    private List<Integer> numbers() {
        return log.events().stream()
                .map(e -> Integer.valueOf(((Result.EventRecord) e.observation().result())
                        .attributes()
                        .get("number")))
                .toList();
    }

    private void rotate() {
        try {
            long rotated;
            try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
                rotated = files.count();
            }
            Files.move(file, file.resolveSibling("eve-" + rotated + ".json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String line(int number) {
        return "{\"timestamp\":\"2026-01-01T00:00:00.%06d+0000\",\"event_type\":\"alert\",\"number\":%d}\n"
                .formatted(number, number);
    }

    private static void write(Path to, String text) throws IOException {
        Files.writeString(to, text, StandardCharsets.UTF_8);
    }

    private static void append(Path to, String text) {
        try {
            Files.writeString(to, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
