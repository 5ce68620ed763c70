// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.model.place.Offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class Step03ZonesTest {

    private static final GeometryFactory GEOMETRY = new GeometryFactory();
    /** West wind: the gas drifts east. */
    private static final Wind WIND = new Wind(3, 270);

    private static final GasCloud LEAK = new GasCloud(
            ToxicGas.AMMONIA,
            new Offset(100, 50),
            60,
            WIND,
            new GaussianPlume(1, 600, 0, 3, Stability.D, Terrain.URBAN, 0, 0),
            Aegl.Level.TWO,
            10);

    @Test
    void theCloudDriftsWithTheWind() {
        assertThat(LEAK.ppm(300, 50, 400)).isGreaterThan(100);
        assertThat(LEAK.ppm(100, 250, 400)).isLessThan(1);
        assertThat(LEAK.ppm(-100, 50, 400)).isZero();
        assertThat(LEAK.ppm(300, 50, 60)).isZero();
    }

    @Test
    void onTheZonesEdgeTheConcentrationIsTheLevel() {
        Geometry zone = LEAK.noGo(500);
        assertThat(zone.isValid()).isTrue();
        for (Coordinate corner : zone.getCoordinates()) {
            if (corner.x > 110) {
                assertThat(LEAK.ppm(corner.x, corner.y, 500)).isCloseTo(220, within(5.0));
            }
        }
        assertThat(zone.contains(point(200, 50))).isTrue();
        assertThat(zone.contains(point(500, 50))).isFalse();
    }

    @Test
    void theZoneGrowsWhileItEscapesAndDriftsAwayAfterwards() {
        double early = LEAK.noGo(80).getArea();
        double full = LEAK.noGo(500).getArea();
        assertThat(LEAK.noGo(60).isEmpty()).isTrue();
        assertThat(early).isPositive().isLessThan(full);
        assertThat(LEAK.noGo(675).contains(point(110, 50))).isFalse();
        assertThat(LEAK.noGo(2000).isEmpty()).isTrue();
    }

    @Test
    void aPuffsZoneIsACircleThatTravels() {
        GasCloud puff = new GasCloud(
                ToxicGas.CHLORINE,
                new Offset(0, 0),
                0,
                WIND,
                new GaussianPuff(50, 0, 3, Stability.D, Terrain.URBAN, 0, 0),
                Aegl.Level.TWO,
                10);
        Geometry zone = puff.noGo(100);
        assertThat(zone.getCentroid().getX()).isCloseTo(300, within(3.0));
        double radius = Math.sqrt(zone.getArea() / Math.PI);
        assertThat(zone.getEnvelopeInternal().getWidth()).isCloseTo(2 * radius, within(0.03 * radius));
    }

    @Test
    void tenMinutesAtTheSecondLevelAreOneDose() {
        double rate = LEAK.exposureRate(227, 50, 500);
        double minutes = LEAK.gas().aegl().minutesTo(Aegl.Level.TWO, LEAK.ppm(227, 50, 500), 2);
        assertThat(rate * 60 * minutes).isCloseTo(1, within(1e-9));
        assertThat(LEAK.exposureRate(0, 50, 500)).isZero();
    }

    @Test
    void aBombKeepsPeopleAwayFromWhenItIsKnown() {
        SuspectedBomb bomb = SuspectedBomb.found(new Offset(0, 0), 23, 30);
        assertThat(bomb.noGo(29).isEmpty()).isTrue();
        assertThat(bomb.noGo(30).contains(point(45, 0))).isTrue();
        assertThat(bomb.noGo(30).contains(point(47, 0))).isFalse();
        assertThat(bomb.exposureRate(1, 0, 1e6)).isZero();
        SuspectedBomb explodes = new SuspectedBomb(new Offset(0, 0), 23, 0, 60, 46);
        double eardrum = new Blast(23).radius_m(Blast.Effect.EARDRUM);
        assertThat(explodes.exposureRate(eardrum, 0, 60.5)).isCloseTo(1, within(0.01));
        assertThat(explodes.exposureRate(eardrum, 0, 61)).isZero();
    }

    @Test
    void anAttackerIsBetweenWhereHeWasSeen() {
        MovingThreat attacker = new MovingThreat(
                "attacker",
                List.of(
                        new MovingThreat.Sighting(10, new Offset(0, 0)),
                        new MovingThreat.Sighting(20, new Offset(15, 0)),
                        new MovingThreat.Sighting(30, new Offset(15, 15))),
                20,
                60);
        assertThat(attacker.at(15)).isEqualTo(new Offset(7.5, 0));
        assertThat(attacker.at(5)).isEqualTo(new Offset(0, 0));
        assertThat(attacker.at(99)).isEqualTo(new Offset(15, 15));
        assertThat(attacker.noGo(9).isEmpty()).isTrue();
        assertThat(attacker.noGo(15).contains(point(60, 0))).isTrue();
        assertThat(attacker.exposureRate(7.5, 19, 15) * 30).isCloseTo(1, within(1e-12));
        assertThat(attacker.exposureRate(7.5, 21, 15)).isZero();
    }

    @Test
    void aThreatThatIsSeenBackwardsInTimeCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MovingThreat(
                        "van",
                        List.of(
                                new MovingThreat.Sighting(10, new Offset(0, 0)),
                                new MovingThreat.Sighting(10, new Offset(5, 0))),
                        5,
                        10))
                .withMessageContaining("after 10.0 s");
    }

    private static Geometry point(double x, double y) {
        return GEOMETRY.createPoint(new Coordinate(x, y));
    }
}
