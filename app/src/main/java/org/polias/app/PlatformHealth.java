// SPDX-License-Identifier: Apache-2.0
package org.polias.app;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.polias.model.admission.Reason;
import org.polias.stream.topology.FoldCounters;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What machines ask: is it ready, and its numbers. */
@Readiness
@ApplicationScoped
public class PlatformHealth implements HealthCheck {

    @Inject
    Platform platform;

    @Override
    public HealthCheckResponse call() {
        List<String> problems = platform.listProblems();
        var response = HealthCheckResponse.named("platform").status(problems.isEmpty());
        for (int i = 0; i < problems.size(); i++) {
            response.withData("problem" + (i + 1), problems.get(i));
        }
        return response.build();
    }

    /** Binds the platform's numbers to the metrics. */
    static void bind(Platform platform, MeterRegistry registry) {
        FunctionCounter.builder("polias_observations_accepted", platform, p -> p.admissions()
                        .accepted())
                .description("Observations that are durable in the log")
                .register(registry);
        FunctionCounter.builder("polias_observations_duplicate", platform, p -> p.admissions()
                        .duplicate())
                .register(registry);
        FunctionCounter.builder("polias_payloads_deferred", platform, p -> p.admissions()
                        .deferred())
                .register(registry);
        FunctionCounter.builder(
                        "polias_devices_refused", platform, p -> p.admissions().unauthenticated())
                .description("Attempts with unknown or revoked credentials")
                .register(registry);
        for (Reason reason : Reason.values()) {
            if (reason == Reason.DUPLICATE) {
                // Counted by itself, above.
                continue;
            }
            FunctionCounter.builder("polias_rejected", platform, p -> p.admissions()
                            .rejected()
                            .getOrDefault(reason, 0L))
                    .tag("reason", reason.code())
                    .register(registry);
        }
        FunctionCounter.builder("polias_observations_stored", platform, Platform::countStored)
                .register(registry);
        FunctionCounter.builder("polias_fold_events", platform, p -> folds(p).events())
                .description("Records of the log that the folds of this process took")
                .register(registry);
        FunctionCounter.builder("polias_fold_events_skipped", platform, p -> folds(p).skipped())
                .description(
                        "Records that had been taken before a restart or before another process gave up their partition")
                .register(registry);
        FunctionCounter.builder("polias_snapshots", platform, p -> folds(p).snapshots())
                .description("States of sites that were written down")
                .register(registry);
        FunctionCounter.builder("polias_snapshot_bytes", platform, p -> folds(p).snapshot_bytes())
                .register(registry);
        Gauge.builder("polias_log_under_way_bytes", platform, p -> p.stream()
                        .status()
                        .underWay_bytes())
                .description("Offered to the log and not yet durable")
                .register(registry);
        Gauge.builder("polias_ready", platform, p -> p.listProblems().isEmpty() ? 1 : 0)
                .register(registry);
    }

    private static FoldCounters.Reading folds(Platform platform) {
        return platform.stream().status().folds();
    }
}
