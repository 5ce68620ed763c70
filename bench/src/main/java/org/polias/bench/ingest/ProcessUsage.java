// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a platform has used so far, as Linux counts it: its process and whatever else works on its data directory, which is the
 * PostgreSQL that it starts (a daemon, and so no descendant of it).
 *
 * @param cpu_s user and system time of all of them, of children that have ended too
 * @param rss_mb resident memory of the platform's own process
 * @param peakRss_mb the most that it ever was
 * @param database_mb memory of the database's processes, what they share counted once
 */
record ProcessUsage(double cpu_s, double rss_mb, double peakRss_mb, double database_mb) {

    /** Linux' USER_HZ, the unit of the times in {@code stat}, is 100 on every platform that Java runs on. */
    private static final double TICKS_PER_S = 100;

    private static final Path PROC = Path.of("/proc");

    /** Whether this machine tells. */
    static boolean isSupported() {
        return Files.isReadable(PROC.resolve("self/stat"));
    }

    /** @param data what the platform keeps its data in; names the processes that belong to it */
    static ProcessUsage of(long pid, Path data) {
        if (!isSupported()) {
            return new ProcessUsage(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double cpu_s = 0;
        double database_kb = 0;
        for (long process : processes(pid, data)) {
            Path folder = PROC.resolve(Long.toString(process));
            cpu_s += cpu_s(read(folder.resolve("stat")));
            if (process != pid) {
                database_kb += field_kb(read(folder.resolve("smaps_rollup")), "Pss:");
            }
        }
        String status = read(PROC.resolve(Long.toString(pid)).resolve("status"));
        return new ProcessUsage(
                cpu_s, field_kb(status, "VmRSS:") / 1_024, field_kb(status, "VmHWM:") / 1_024, database_kb / 1_024);
    }

    /** The process, what names {@code data} on its command line, and the descendants of both. */
    static Set<Long> processes(long pid, Path data) {
        Map<Long, List<Long>> children = new HashMap<>();
        Deque<Long> toVisit = new ArrayDeque<>(List.of(pid));
        try (Stream<Path> folders = Files.list(PROC)) {
            for (Path folder : folders.toList()) {
                String name = folder.getFileName().toString();
                if (!name.chars().allMatch(Character::isDigit)) {
                    continue;
                }
                String stat = read(folder.resolve("stat"));
                if (stat.isEmpty()) {
                    continue;
                }
                long process = Long.parseLong(name);
                children.computeIfAbsent(Long.parseLong(fields(stat)[1]), _ -> new ArrayList<>())
                        .add(process);
                if (stat.contains("(postgres)")
                        && read(folder.resolve("cmdline")).contains(data.toString())) {
                    toVisit.add(process);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<Long> found = new HashSet<>();
        while (!toVisit.isEmpty()) {
            long process = toVisit.remove();
            if (found.add(process)) {
                toVisit.addAll(children.getOrDefault(process, List.of()));
            }
        }
        return found;
    }

    /** Seconds of user, system, and both of children that were waited for: fields 14 to 17 of {@code stat}. */
    static double cpu_s(String stat) {
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = fields(stat);
        long ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_S;
    }

    /** The fields of {@code stat} from the state on: the name before it can contain anything. */
    private static String[] fields(String stat) {
        return stat.substring(stat.lastIndexOf(')') + 2).trim().split(" ");
    }

    static double field_kb(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(
                        line.substring(name.length()).replace("kB", "").trim()))
                .findFirst()
                .orElse(0);
    }

    /** The file's content; empty if the process has ended meanwhile or is another user's. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
