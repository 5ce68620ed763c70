// SPDX-License-Identifier: Apache-2.0
package org.polias.bench.ingest;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ProcessUsageTest {

    @Test
    void timesAreFoundBehindAnyName() {
        String stat = "42 (a) b ( c)) S 1 42 42 0 -1 4194560 9 8 7 6 150 50 20 30 20 0 18 0 100 1 2";
        assertThat(ProcessUsage.cpu_s(stat)).isEqualTo(2.5);
    }

    @Test
    void anEndedProcessHasUsedNothingMore() {
        assertThat(ProcessUsage.cpu_s("")).isZero();
    }

    @Test
    void memoryIsFoundByName() {
        assertThat(ProcessUsage.field_kb("VmPeak:\t 1 kB\nVmRSS:\t   2048 kB\n", "VmRSS:"))
                .isEqualTo(2048);
    }

    @Test
    void thisVeryProcessUsesSomething() {
        assumeTrue(ProcessUsage.isSupported());
        ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid(), Path.of("/nowhere/at/all"));
        assertThat(usage.cpu_s()).isPositive();
        assertThat(usage.rss_mb()).isGreaterThan(10);
        assertThat(usage.peakRss_mb()).isGreaterThanOrEqualTo(usage.rss_mb());
    }
}
