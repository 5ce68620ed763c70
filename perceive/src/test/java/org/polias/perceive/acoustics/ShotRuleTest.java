// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.polias.model.acoustics.CentredLogRatio;
import org.polias.model.acoustics.SoundClass;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ShotRuleTest {

    private static final ShotRule RULE = ShotRule.DEPLOYED;

    @Test
    void oneSoundAloneMustBeAShotBeyondDoubt() {
        assertThat(RULE.isShot(List.of(shot(0, RULE.once() + 0.1)))).isTrue();
        assertThat(RULE.isShot(List.of(shot(0, RULE.once() - 0.1)))).isFalse();
    }

    @Test
    void twoThatAreClearlyOneConfirmEachOther() {
        double clear = RULE.twice() + 0.1;
        assertThat(RULE.isShot(List.of(shot(0, clear), shot(0.5, clear)))).isTrue();
        assertThat(RULE.isShot(List.of(shot(0, clear), shot(0.5, RULE.twice() - 0.1))))
                .isFalse();
    }

    @Test
    void whatSharesOneWindowIsOneOpinion() {
        double clear = RULE.twice() + 0.1;
        assertThat(RULE.isShot(List.of(shot(0, clear), shot(0.1, clear), shot(0.2, clear))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"FIREWORK", "THUNDER"})
    void aBangAmongWhatIsPlainlyFireworksOrThunderIsPartOfIt(SoundClass rival) {
        ShotRule.Sound bang = shot(1.9, RULE.once() + 1);
        assertThat(RULE.isShot(List.of(spoken(rival, 0, RULE.once() + 2), bang)))
                .isFalse();
        assertThat(RULE.isShot(List.of(bang, spoken(rival, 2.5, RULE.once() + 2))))
                .isFalse();
        assertThat(RULE.isShot(List.of(spoken(rival, 0, RULE.once()), bang))).isTrue();
    }

    @Test
    void episodesLastFourSecondsFromTheirFirstSound() {
        List<ShotRule.Sound> sounds = List.of(shot(0, 1), shot(3.9, 1), shot(4.1, 1), shot(8, 1), shot(20, 1));
        assertThat(ShotRule.episodes(sounds))
                .containsExactly(sounds.subList(0, 2), sounds.subList(2, 4), sounds.subList(4, 5));
        assertThat(ShotRule.episodes(List.of())).isEmpty();
    }

    @Test
    void aSoundThatIsHardlyMoreAShotThanItsRivalsIsNotLikeAShot() {
        Map<SoundClass, Double> torn = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            torn.put(each, 1e-6);
        }
        torn.put(SoundClass.GUNSHOT, 0.1);
        torn.put(SoundClass.IMPACT, 0.9);
        assertThat(CentredLogRatio.of(torn, SoundClass.GUNSHOT)).isGreaterThan(RULE.once());
        assertThat(RULE.isShot(List.of(new ShotRule.Sound(0, torn)))).isFalse();
    }

    /** Everything that a stricter rule calls a shot, a laxer one does too. */
    @Property
    void strictnessIsMonotone(
            @ForAll @Size(max = 12) List<@DoubleRange(min = -2, max = 9) Double> evidence,
            @ForAll @DoubleRange(min = 4, max = 7) double laxer,
            @ForAll @DoubleRange(max = 2) double more) {
        List<ShotRule.Sound> episode = new ArrayList<>();
        for (int i = 0; i < evidence.size(); i++) {
            episode.add(shot(0.3 * i, evidence.get(i)));
        }
        if (ShotRule.strict(laxer + more).isShot(episode)) {
            assertThat(ShotRule.strict(laxer).isShot(episode)).isTrue();
        }
    }

    /** No sound is lost or doubled, and none is more than four seconds after the first of its episode. */
    @Property
    void episodesPartitionTheSounds(@ForAll @Size(max = 40) List<@DoubleRange(max = 5) Double> gaps) {
        List<ShotRule.Sound> sounds = new ArrayList<>();
        double at_s = 1_700_000_000;
        for (double gap : gaps) {
            at_s += gap;
            sounds.add(shot(at_s, 1));
        }
        List<List<ShotRule.Sound>> episodes = ShotRule.episodes(sounds);
        assertThat(episodes.stream().flatMap(List::stream).toList()).isEqualTo(sounds);
        assertThat(episodes).allSatisfy(episode -> assertThat(
                        episode.getLast().onset_s() - episode.getFirst().onset_s())
                .isLessThanOrEqualTo(4));
    }

    @Test
    void aRuleThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new ShotRule(3, 4, 0.1)).hasMessageContaining("3.0 alone or 4.0 twice");
        assertThatThrownBy(() -> new ShotRule(Double.NaN, 4, 0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ShotRule(5, 4, 1.1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ShotRule.Sound shot(double onset_s, double evidence) {
        return spoken(SoundClass.GUNSHOT, onset_s, evidence);
    }

    /** A sound whose centred log-ratio for a class is this, and which is as much of all others. */
    private static ShotRule.Sound spoken(SoundClass soundClass, double onset_s, double evidence) {
        int others = SoundClass.values().length - 1;
        // With ratio r of it to each other class: ln r less the mean of ln r over all.
        double ratio = Math.exp(evidence * (others + 1) / others);
        Map<SoundClass, Double> probabilities = new EnumMap<>(SoundClass.class);
        for (SoundClass each : SoundClass.values()) {
            probabilities.put(each, (each == soundClass ? ratio : 1) / (ratio + others));
        }
        assertThat(CentredLogRatio.of(probabilities, soundClass)).isCloseTo(evidence, within(1e-9));
        return new ShotRule.Sound(onset_s, probabilities);
    }
}
