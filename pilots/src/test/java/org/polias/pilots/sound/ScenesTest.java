// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polias.model.acoustics.SoundClass;

import static org.assertj.core.api.Assertions.assertThat;

class ScenesTest {

    private static final int WINDOW = 15_600;
    private static final int ONSET = 3_200;

    private static Scenes scenes(SoundClass soundClass) {
        return new Scenes(5, Map.of(soundClass, 1.0), List.of(), 0.5, 0.5);
    }

    @ParameterizedTest
    @EnumSource
    void everyClassIsHeardAndNeverOverFullScale(SoundClass soundClass) {
        Scenes scenes = scenes(soundClass);
        for (int index = 0; index < 6; index++) {
            Scenes.Scene scene = scenes.sound(index).window(index, WINDOW, ONSET);

            assertThat(scene.soundClass()).isEqualTo(soundClass);
            assertThat(scene.samples()).hasSize(WINDOW);
            assertThat(Signal.peak(scene.samples())).isBetween(1e-3, 1.0);
        }
    }

    @Test
    void theSameSceneIsTheSameToTheBitWheneverItIsAskedFor() {
        Map<SoundClass, Double> shares = Map.of(SoundClass.GUNSHOT, 0.5, SoundClass.TOOL, 0.5);
        Scenes first = new Scenes(1, shares, List.of(), 0.5, 0.5);
        Scenes again = new Scenes(1, shares, List.of(), 0.5, 0.5);
        first.sound(7).window(0, WINDOW, ONSET);

        assertThat(first.sound(3).window(2, WINDOW, ONSET).samples())
                .isEqualTo(again.sound(3).window(2, WINDOW, ONSET).samples());
        assertThat(first.clip(3, 32_000).samples())
                .isEqualTo(again.clip(3, 32_000).samples());
        assertThat(new Scenes(2, shares, List.of(), 0.5, 0.5).clip(3, 32_000).samples())
                .isNotEqualTo(first.clip(3, 32_000).samples());
    }

    /** The bits that a machine computed once: another machine, or another version of the JDK, must compute them too. */
    @Test
    void everyMachineComputesTheSameSound() {
        long hash = 17;
        for (SoundClass each : SoundClass.values()) {
            hash = 31 * hash
                    + Arrays.hashCode(
                            scenes(each).sound(1).window(1, WINDOW, ONSET).samples());
        }

        assertThat(hash).isEqualTo(EXPECTED);
    }

    private static final long EXPECTED = 0;

    @Test
    void aRecordingIsHeardWhereThereIsOne() {
        float[] beep = new float[8000];
        for (int n = 0; n < beep.length; n++) {
            beep[n] = n < 2000 ? 0 : (float) (0.3 * Math.sin(2 * Math.PI * 1000 * n / 16_000));
        }
        Recording recording = Recording.of(SoundClass.HORN, "me", beep);

        assertThat(recording.onset()).isBetween(2000, 2010);
        assertThat(Signal.peak(recording.samples())).isEqualTo(1);
        Scenes scenes = new Scenes(1, Map.of(SoundClass.HORN, 1.0), List.of(recording), 1, 0.5);
        assertThat(Signal.peak(scenes.sound(0).window(0, WINDOW, ONSET).samples()))
                .isPositive();
    }
}
