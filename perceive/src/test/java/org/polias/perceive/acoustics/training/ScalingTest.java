// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.polias.model.acoustics.SoundClass;
import org.polias.perceive.acoustics.Calibration;
import org.polias.perceive.acoustics.ClipHearing;

import static org.assertj.core.api.Assertions.assertThat;

class ScalingTest {

    @Test
    void whoIsTwiceTooSureIsHeldToTheTruth() {
        Draw draw = new Draw(1);
        List<Scaling.Witness> witnesses = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            double logOdds = 2 * draw.gaussian();
            boolean isShot = draw.uniform() < 1 / (1 + Math.exp(-logOdds));
            double[] evidence = new double[SoundClass.values().length];
            Arrays.fill(evidence, -60);
            evidence[SoundClass.GUNSHOT.ordinal()] = 2 * logOdds;
            evidence[SoundClass.ENGINE.ordinal()] = 0;
            witnesses.add(new Scaling.Witness(evidence, isShot ? SoundClass.GUNSHOT : SoundClass.ENGINE));
        }

        Calibration fitted = Scaling.fit(witnesses, Map.of(SoundClass.GUNSHOT, 0.5, SoundClass.ENGINE, 0.5));

        assertThat(fitted.temperature()).isCloseTo(2, Offset.offset(0.25));
    }

    @Test
    void clipsAreScaledToThePriorThatIsStated() {
        Draw draw = new Draw(2);
        int count = 6000;
        double[] evidence = new double[count];
        boolean[] isShot = new boolean[count];
        for (int i = 0; i < count; i++) {
            isShot[i] = i % 2 == 0;
            // Of equal variance: the log-odds are 3 times the evidence, and the logarithm of the prior's odds is added.
            evidence[i] = draw.gaussian() + (isShot[i] ? 1.5 : -1.5);
        }

        ClipHearing.Scale scale = Scaling.fit(evidence, isShot);

        double prior = ClipHearing.Scale.PRIOR;
        assertThat(scale.slope()).isCloseTo(3, Offset.offset(0.3));
        assertThat(scale.offset()).isCloseTo(Math.log(prior / (1 - prior)), Offset.offset(0.25));
    }
}
