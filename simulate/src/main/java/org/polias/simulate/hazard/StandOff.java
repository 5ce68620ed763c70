// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.hazard;

/**
 * How far people stay from a suspected bomb (US National Counterterrorism Center, bomb threat stand-off card, in metres).
 *
 * @param mandatory_m nobody stays nearer, not even inside a building
 * @param preferred_m nobody stays nearer in the open; between the two, inside and away from windows
 */
public record StandOff(double mandatory_m, double preferred_m) {

    /** Pipe bomb, suicide vest, briefcase, car, van, small truck, container truck, semi-trailer. */
    private static final double[][] CARD = {
        {2.3, 21, 366},
        {9.2, 34, 518},
        {23, 46, 564},
        {227, 98, 580},
        {454, 122, 732},
        {1814, 195, 1159},
        {4536, 263, 1555},
        {27216, 479, 2835}
    };

    /**
     * The distances for a charge: those of the card, interpolated between its lines on logarithmic scales; below its first line by
     * the cube root of the charge, as blast scales; above its last likewise.
     *
     * @param charge_kg TNT equivalent
     */
    public static StandOff of(double charge_kg) {
        if (!(charge_kg > 0 && charge_kg <= 1e6)) {
            throw new IllegalArgumentException("A charge of %s kg cannot be.".formatted(charge_kg));
        }
        double[] first = CARD[0];
        double[] last = CARD[CARD.length - 1];
        if (charge_kg <= first[0]) {
            return scaled(first, charge_kg);
        }
        if (charge_kg >= last[0]) {
            return scaled(last, charge_kg);
        }
        int i = 0;
        while (CARD[i + 1][0] < charge_kg) {
            i++;
        }
        double part = StrictMath.log(charge_kg / CARD[i][0]) / StrictMath.log(CARD[i + 1][0] / CARD[i][0]);
        return new StandOff(between(CARD[i][1], CARD[i + 1][1], part), between(CARD[i][2], CARD[i + 1][2], part));
    }

    private static StandOff scaled(double[] line, double charge_kg) {
        double factor = StrictMath.cbrt(charge_kg / line[0]);
        return new StandOff(line[1] * factor, line[2] * factor);
    }

    private static double between(double a, double b, double part) {
        return a * StrictMath.pow(b / a, part);
    }
}
