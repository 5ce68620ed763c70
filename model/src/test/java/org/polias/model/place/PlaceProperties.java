// SPDX-License-Identifier: Apache-2.0
package org.polias.model.place;

import java.util.List;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class PlaceProperties {

    @Property
    void anOffsetLeadsToThePositionItCameFrom(
            @ForAll @DoubleRange(min = -170, max = 170) double longitude,
            @ForAll @DoubleRange(min = -70, max = 70) double latitude,
            @ForAll @DoubleRange(min = -5000, max = 5000) double east_m,
            @ForAll @DoubleRange(min = -5000, max = 5000) double north_m) {
        LocalFrame frame = new LocalFrame(new Position(longitude, latitude));
        Offset there = frame.toOffset(frame.toPosition(new Offset(east_m, north_m)));
        assertThat(there.east_m()).isCloseTo(east_m, within(1e-5));
        assertThat(there.north_m()).isCloseTo(north_m, within(1e-5));
    }

    @Property
    void theEllipseOfARotatedCovarianceHasItsAxesAndDirection(
            @ForAll @DoubleRange(min = 2, max = 50) double major_m,
            @ForAll @DoubleRange(min = 0.1, max = 1) double minor_m,
            @ForAll @DoubleRange(min = 1, max = 179) double azimuth_deg) {
        double sin = Math.sin(Math.toRadians(azimuth_deg));
        double cos = Math.cos(Math.toRadians(azimuth_deg));
        double a2 = major_m * major_m;
        double b2 = minor_m * minor_m;
        Covariance covariance =
                new Covariance(a2 * sin * sin + b2 * cos * cos, (a2 - b2) * sin * cos, a2 * cos * cos + b2 * sin * sin);
        Ellipse ellipse = covariance.ellipse95();
        assertThat(ellipse.major_m() / 2.447_746_830_680_816).isCloseTo(major_m, within(1e-6 * major_m));
        assertThat(ellipse.minor_m() / 2.447_746_830_680_816).isCloseTo(minor_m, within(1e-4 * minor_m));
        assertThat(ellipse.azimuth_deg()).isCloseTo(azimuth_deg, within(1e-6));
        assertThat(covariance.mahalanobisSquared(new Offset(major_m * sin, major_m * cos)))
                .isCloseTo(1, within(1e-6));
    }

    @Example
    void oneDegreeOfLatitudeAtPilsenIs111Kilometres() {
        // Meridian arc of WGS84 from 49.25 to 50.25 degrees: 111,221 m (Vincenty).
        LocalFrame frame = new LocalFrame(new Position(13.38, 49.75));
        assertThat(frame.distance_m(new Position(13.38, 49.25), new Position(13.38, 50.25)))
                .isCloseTo(111_221, within(30.0));
        // One degree of longitude at 49.75 degrees: 72,077 m.
        assertThat(frame.distance_m(new Position(13, 49.75), new Position(14, 49.75)))
                .isCloseTo(72_077, within(30.0));
    }

    @Example
    void aSquareWithAHoleContainsWhatItShouldAndHasItsArea() {
        LocalFrame frame = new LocalFrame(new Position(13.38, 49.75));
        Polygon polygon = new Polygon(square(frame, 50), List.of(square(frame, 10)));
        assertThat(polygon.area_m2()).isCloseTo(100 * 100 - 20 * 20, within(1.0));
        assertThat(polygon.contains(frame.toPosition(new Offset(0, 0)))).isFalse();
        assertThat(polygon.contains(frame.toPosition(new Offset(30, -30)))).isTrue();
        assertThat(polygon.contains(frame.toPosition(new Offset(60, 0)))).isFalse();
        assertThat(frame.toOffset(polygon.centroid()).length_m()).isLessThan(0.01);
    }

    @Example
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Position(49.75, 113.38)).hasMessageContaining("exchanged");
        assertThatThrownBy(() -> new Position(Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Covariance(1, 2, 1)).hasMessageContaining("positive semi-definite");
        assertThatThrownBy(() -> Polygon.of(List.of(new Position(0, 0), new Position(1, 0), new Position(1, 1))))
                .hasMessageContaining("not closed");
    }

    private static List<Position> square(LocalFrame frame, double half_m) {
        return List.of(
                frame.toPosition(new Offset(-half_m, -half_m)),
                frame.toPosition(new Offset(half_m, -half_m)),
                frame.toPosition(new Offset(half_m, half_m)),
                frame.toPosition(new Offset(-half_m, half_m)),
                frame.toPosition(new Offset(-half_m, -half_m)));
    }
}
