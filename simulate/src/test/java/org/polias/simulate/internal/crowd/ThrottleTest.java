// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.crowd;

import org.junit.jupiter.api.Test;
import org.polias.simulate.api.Exit;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottleTest {

    private static int admitted(Throttle throttle, double from_s, double to_s) {
        int count = 0;
        for (double t = from_s; t < to_s; t += 0.2) {
            while (throttle.admits(t)) {
                count++;
                if (count > 10_000) {
                    return count;
                }
            }
        }
        return count;
    }

    @Test
    void aPaceIsKeptWhateverTheStep() {
        assertThat(admitted(new Throttle.Paced(1.33), 0, 100)).isBetween(132, 135);
        assertThat(admitted(new Throttle.Paced(0.5), 0, 100)).isBetween(49, 51);
        assertThat(admitted(new Throttle.Paced(20), 0, 100)).isBetween(1990, 2021);
    }

    @Test
    void whatWasNotUsedIsNotSavedUp() {
        Throttle throttle = new Throttle.Paced(1);
        assertThat(throttle.admits(0)).isTrue();
        assertThat(admitted(throttle, 100, 101)).isBetween(1, 3);
    }

    @Test
    void aVehicleFillsAndTheNextOneComes() {
        Throttle throttle = Throttle.of(new Exit.Service.Vehicles(50, 60, 120));
        assertThat(admitted(throttle, 0, 59.9)).isZero();
        assertThat(admitted(throttle, 60, 179.9)).isEqualTo(50);
        assertThat(admitted(throttle, 180, 299)).isEqualTo(50);
        assertThat(throttle.rate_per_s()).isEqualTo(50 / 120.0);
    }

    @Test
    void aCopyGoesItsOwnWay() {
        Throttle throttle = Throttle.of(new Exit.Service.Vehicles(2, 0, 100));
        assertThat(throttle.admits(1)).isTrue();
        Throttle copy = throttle.copy();
        assertThat(copy.admits(1)).isTrue();
        assertThat(copy.admits(1)).isFalse();
        assertThat(throttle.admits(1)).isTrue();
    }
}
