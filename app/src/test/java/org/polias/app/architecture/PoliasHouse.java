// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;

/** The table of the rooms: what DESIGN.md calls the house. Whoever changes it changes the architecture. */
final class PoliasHouse {

    /** Pure: they decide, and know nothing but the vocabulary. */
    static final List<String> ENGINES = List.of("perceive", "detect", "fuse", "respond", "simulate", "guard");
    /** They touch the world. */
    static final List<String> ADAPTERS = List.of("edge", "stream", "store", "share");

    private static final List<String> PURE = and(List.of("model"), ENGINES);

    private PoliasHouse() {}

    static House house(String root) {
        List<String> model = List.of("model");
        List<String> enginesAndModel = and(ENGINES, model);
        return House.of(root)
                // room        may see
                .room("model", List.of())
                .room("perceive", model)
                .room("detect", model)
                .room("fuse", model)
                .room("respond", model)
                .room("simulate", model)
                .room("guard", model)
                .room("edge", enginesAndModel)
                .room("stream", enginesAndModel)
                .room("store", List.of("model", "guard"))
                .room("share", model)
                .room("pilots", model)
                // It starts the platform from outside, so that what it measures is what people run.
                .room("bench", and(enginesAndModel, and(ADAPTERS, List.of("pilots"))))
                .room("app", and(enginesAndModel, and(ADAPTERS, List.of("pilots", "bench"))))
                .in(PURE, "time is what events say: the same log gives the same incidents", readTheClock())
                .in(PURE, "the same log gives the same incidents", beRandom())
                .in(PURE, "an engine runs anywhere: in a test, in a replay, beside a sensor", touchTheWorld())
                .in(PURE, "a framework must not be needed to decide", useAFramework());
    }

    private static DescribedPredicate<JavaAccess<?>> readTheClock() {
        return calls(
                "read the clock",
                "java.lang.System.currentTimeMillis",
                "java.lang.System.nanoTime",
                "java.time.Instant.now",
                "java.time.LocalDate.now",
                "java.time.LocalTime.now",
                "java.time.LocalDateTime.now",
                "java.time.OffsetDateTime.now",
                "java.time.ZonedDateTime.now",
                "java.time.Year.now",
                "java.time.YearMonth.now",
                "java.time.Clock.system",
                "java.time.Clock.systemUTC",
                "java.time.Clock.systemDefaultZone",
                "java.time.Clock.tickMillis",
                "java.time.Clock.tickSeconds",
                "java.time.ZoneId.systemDefault",
                "java.util.Date.<init>",
                "java.util.Calendar.getInstance",
                "java.util.TimeZone.getDefault",
                "java.util.Locale.getDefault");
    }

    private static DescribedPredicate<JavaAccess<?>> beRandom() {
        return calls(
                        "be random",
                        "java.lang.Math.random",
                        "java.util.UUID.randomUUID",
                        "java.util.SplittableRandom.<init>()",
                        "java.util.Collections.shuffle",
                        "java.lang.System.identityHashCode",
                        "java.util.random.RandomGenerator.getDefault",
                        "java.util.random.RandomGenerator.of")
                .or(classes(
                        "be random",
                        "java.util.Random",
                        "java.util.concurrent.ThreadLocalRandom",
                        "java.security.SecureRandom"));
    }

    private static DescribedPredicate<JavaAccess<?>> touchTheWorld() {
        return classes(
                        "touch the world",
                        "java.net.",
                        "java.nio.file.",
                        "java.nio.channels.",
                        "java.io.File",
                        "java.io.FileInputStream",
                        "java.io.FileOutputStream",
                        "java.io.FileReader",
                        "java.io.FileWriter",
                        "java.io.RandomAccessFile",
                        "java.io.PrintStream",
                        "java.io.Console",
                        "java.sql.",
                        "javax.sql.",
                        "java.util.logging.",
                        "java.lang.System$Logger",
                        "java.lang.Runtime",
                        "java.lang.ProcessBuilder",
                        "java.lang.ProcessHandle",
                        "java.lang.Thread",
                        "java.lang.ThreadLocal",
                        "java.util.Timer",
                        "java.util.concurrent.Executor",
                        "java.util.concurrent.ExecutorService",
                        "java.util.concurrent.Executors",
                        "java.util.concurrent.ScheduledExecutorService",
                        "java.util.concurrent.ThreadPoolExecutor",
                        "java.util.concurrent.ForkJoinPool",
                        "java.util.concurrent.CompletableFuture",
                        "java.util.concurrent.locks.")
                .or(calls(
                        "touch the world",
                        "java.lang.System.getenv",
                        "java.lang.System.getProperty",
                        "java.lang.System.setProperty",
                        "java.lang.System.exit",
                        "java.lang.System.out",
                        "java.lang.System.err",
                        "java.lang.System.in",
                        "java.lang.System.getLogger",
                        "java.util.Collection.parallelStream",
                        "java.util.List.parallelStream",
                        "java.util.Arrays.parallelSort"));
    }

    private static DescribedPredicate<JavaAccess<?>> useAFramework() {
        return classes(
                "use a framework",
                "jakarta.",
                "javax.inject.",
                "io.quarkus.",
                "io.smallrye.",
                "io.vertx.",
                "io.netty.",
                "org.eclipse.microprofile.",
                "org.apache.kafka.",
                "org.postgresql.",
                "org.flywaydb.",
                "org.slf4j.",
                "org.jboss.",
                "com.fasterxml.jackson.",
                "picocli.");
    }

    /** Accesses to these members; {@code <init>()} is the constructor without parameters only. */
    private static DescribedPredicate<JavaAccess<?>> calls(String description, String... members) {
        Set<String> names = Set.of(members);
        return DescribedPredicate.describe(description, access -> {
            String member = access.getTargetOwner().getFullName() + "."
                    + access.getTarget().getName();
            return names.contains(member)
                    || access.getTarget().getFullName().endsWith("()") && names.contains(member + "()");
        });
    }

    /** Accesses to these classes and to all below these packages, which end in a dot. */
    private static DescribedPredicate<JavaAccess<?>> classes(String description, String... names) {
        List<String> packages =
                Stream.of(names).filter(name -> name.endsWith(".")).toList();
        Set<String> single = Set.of(names);
        return DescribedPredicate.describe(description, access -> {
            String owner = access.getTargetOwner().getFullName();
            return single.contains(owner) || packages.stream().anyMatch(owner::startsWith);
        });
    }

    private static List<String> and(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
