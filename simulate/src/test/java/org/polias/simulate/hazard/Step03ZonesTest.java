// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.polias.model.place.Offset;
import org.polias.simulate.api.Point;
import org.polias.simulate.api.Threat;

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
    void anAttackerIsKeptAwayFromWhileHeIsActive() {
        MovingThreat attacker = new MovingThreat(
                new Threat(
                        "attacker",
                        "street",
                        List.of(
                                new Threat.Waypoint(10, new Point(0, 0)),
                                new Threat.Waypoint(20, new Point(15, 0)),
                                new Threat.Waypoint(30, new Point(15, 15))),
                        100,
                        80,
                        20,
                        0.1),
                60);
        assertThat(attacker.noGo(9).isEmpty()).isTrue();
        assertThat(attacker.noGo(15).contains(point(60, 0))).isTrue();
        assertThat(attacker.noGo(100).isEmpty()).isTrue();
        assertThat(attacker.isNoGo(60, 0, 15)).isTrue();
        assertThat(attacker.isNoGo(70, 0, 15)).isFalse();
        assertThat(attacker.exposureRate(7.5, 19, 15) * 30).isCloseTo(1, within(1e-12));
        assertThat(attacker.exposureRate(7.5, 21, 15)).isZero();
    }

    @Test
    void anAttackerIsNotAvoidedLessThanHeReaches() {
        Threat threat = new Threat("van", "street", List.of(new Threat.Waypoint(0, new Point(0, 0))), 9, 50, 20, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MovingThreat(threat, 10))
                .withMessageContaining("within 10.0 m");
    }

    /** Half the people fall at half the concentration that kills half of them. */
    @Test
    void theCrowdFallsByTheToxicLoad() {
        ToxicGas nh3 = ToxicGas.AMMONIA;
        double lethal = Math.sqrt(nh3.lethality().median() / 10) * 1e-6;
        assertThat(nh3.lethality(lethal, 10)).isCloseTo(0.5, within(1e-9));
        assertThat(nh3.toxicLoad(lethal / 2, 10) / nh3.incapacitatingLoad()).isCloseTo(1, within(1e-9));
        HazardField field = HazardField.of(List.of(LEAK));
        assertThat(field.doseRate_per_s("street", 110, 50, 500)).isPositive();
        assertThat(field.avoidance("street", 200, 50, 500)).isEqualTo(1);
        assertThat(field.avoidance("street", 500, 50, 500)).isZero();
    }

    @Test
    void theNoGoAreaIsWhereNobodyGoes() {
        Geometry zone = LEAK.noGo(500);
        for (double x = 105; x < 400; x += 13) {
            for (double y = 0; y < 100; y += 7) {
                if (zone.getBoundary().distance(point(x, y)) > 2) {
                    assertThat(LEAK.isNoGo(x, y, 500)).isEqualTo(zone.contains(point(x, y)));
                }
            }
        }
    }

    private static Geometry point(double x, double y) {
        return GEOMETRY.createPoint(new Coordinate(x, y));
    }
}
