// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.crowd;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.polias.bench.crowd.CrowdCase.Outcome;

/** The verification suite: RiMEA, IMO, NIST and ISO tests and measurements of people, each with what is expected and what came out. */
public final class CrowdEvaluation {

    private final Lab lab;
    private final int threads;
    private final Optional<String> only;
    private final Consumer<String> progress;

    /**
     * @param quick whether to take fewer seeds and less ground
     * @param only the tests whose id contains it; none: all
     */
    public CrowdEvaluation(boolean quick, int threads, Optional<String> only, Consumer<String> progress) {
        lab = new Lab(quick, new Plots());
        this.threads = threads;
        this.only = only;
        this.progress = progress;
    }

    /** A test and its outcome. */
    public record Verdict(String id, String title, String expected, String got, boolean ok) {

        /** The names are published. */
        public Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("id", id);
            figures.put("title", title);
            figures.put("expected", expected);
            figures.put("got", got);
            figures.put("ok", ok);
            return figures;
        }
    }

    /** Runs them all, several at once; the outcomes are in the order of the suite. */
    public List<Verdict> run() {
        List<CrowdCase> cases = cases().stream()
                .filter(each -> only.isEmpty()
                        || each.id().toLowerCase(java.util.Locale.ROOT).contains(only.get()))
                .toList();
        Verdict[] verdicts = new Verdict[cases.size()];
        AtomicInteger done = new AtomicInteger();
        try (WorkerThreads workers = new WorkerThreads(threads)) {
            workers.forEach(cases.size(), i -> {
                verdicts[i] = run(cases.get(i));
                progress.accept("%d/%d %s".formatted(done.incrementAndGet(), cases.size(), verdicts[i].id()));
            });
        }
        return List.of(verdicts);
    }

    private Verdict run(CrowdCase it) {
        Outcome outcome;
        try {
            outcome = it.test().apply(lab);
        } catch (RuntimeException e) {
            outcome = new Outcome(false, "failed: " + e);
        }
        return new Verdict(it.id(), it.title(), it.expected(), outcome.got(), outcome.ok());
    }

    /** The longest first, so that the work is shared evenly. */
    private static List<CrowdCase> cases() {
        List<CrowdCase> all = new ArrayList<>();
        Stream.of(MeasuredPeople.cases(), RimeaTests.cases(), ImoTests.cases(), NistTests.cases(), IsoTests.cases())
                .forEach(all::addAll);
        return all;
    }

    /** Prints a table for people. */
    public static void print(List<Verdict> verdicts, PrintWriter out) {
        int id = width(verdicts.stream().map(Verdict::id));
        int expected = width(verdicts.stream().map(Verdict::expected));
        for (Verdict each : verdicts) {
            out.printf(
                    "%-4s %-" + id + "s  %-" + expected + "s  %s%n",
                    each.ok() ? "ok" : "MISS",
                    each.id(),
                    each.expected(),
                    each.got());
        }
        long passed = verdicts.stream().filter(Verdict::ok).count();
        out.printf("%d passed, %d missed%n", passed, verdicts.size() - passed);
        out.flush();
    }

    private static int width(Stream<String> texts) {
        return texts.mapToInt(String::length).max().orElse(1);
    }

    /** Draws what was measured into files. */
    public List<Path> draw(Path directory) throws IOException {
        return lab.plots().write(directory);
    }
}
