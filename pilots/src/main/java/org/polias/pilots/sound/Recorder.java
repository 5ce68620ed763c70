// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots.sound;

/**
 * What a recording device makes of sound: its frequency response, overload, automatic gain, loss of high frequencies in codecs, its own
 * noise.
 *
 * @param highPass_Hz below it nothing is heard
 * @param lowPass_Hz above it nothing is heard; 8000 for all
 * @param tilt_dB how much stronger high frequencies are recorded than low ones
 * @param resonance_Hz a peculiarity of the housing
 * @param resonance_dB its gain
 * @param drive_dB by how much the loudest exceeds the overload point; negative if it does not
 * @param hard whether overload cuts off or bends
 * @param limiter_dB by how much peaks are held down by the automatic gain; 0 for none
 * @param release_s how soon the automatic gain recovers
 * @param hiss_dB the device's noise relative to the highest peak
 * @param bits of a sample
 * @param peak the highest amplitude of what is written
 */
public record Recorder(
        double highPass_Hz,
        double lowPass_Hz,
        double tilt_dB,
        double resonance_Hz,
        double resonance_dB,
        double drive_dB,
        boolean hard,
        double limiter_dB,
        double release_s,
        double hiss_dB,
        int bits,
        double peak) {

    /** A good measuring microphone that is not overloaded. */
    public static final Recorder PLAIN = new Recorder(20, 8000, 0, 1000, 0, -6, true, 0, 0.2, -90, 16, 0.5);

    /** One that does what it should, nearly. */
    static Recorder good(Chance chance) {
        return new Recorder(
                chance.ratioBetween(10, 60),
                chance.happens(0.15) ? chance.ratioBetween(4000, 7500) : 8000,
                chance.between(-5.0, 4.0),
                chance.ratioBetween(150, 6000),
                chance.between(-4.0, 4.0),
                chance.happens(0.3) ? chance.between(0.0, 8.0) : chance.between(-20.0, 0.0),
                chance.happens(0.6),
                0,
                0.1,
                chance.between(-90.0, -50.0),
                16,
                chance.ratioBetween(0.05, 1.0));
    }

    /** Whatever people record with. */
    static Recorder poor(Chance chance) {
        return new Recorder(
                chance.ratioBetween(10, chance.happens(0.4) ? 300 : 60),
                chance.happens(0.4) ? chance.ratioBetween(2500, 7500) : 8000,
                chance.between(-10.0, 8.0),
                chance.ratioBetween(150, 6000),
                chance.between(-9.0, 9.0),
                chance.happens(0.5) ? chance.between(0.0, 34.0) : chance.between(-20.0, 0.0),
                chance.happens(0.6),
                chance.happens(0.5) ? chance.between(3.0, 28.0) : 0,
                chance.ratioBetween(0.03, 1.5),
                chance.between(-85.0, -35.0),
                chance.happens(0.1) ? 8 : 16,
                chance.ratioBetween(0.02, 1.0));
    }

    /** The same in all but the level at which it is written. */
    public Recorder withPeak(double other) {
        return new Recorder(
                highPass_Hz,
                lowPass_Hz,
                tilt_dB,
                resonance_Hz,
                resonance_dB,
                drive_dB,
                hard,
                limiter_dB,
                release_s,
                hiss_dB,
                bits,
                other);
    }

    /** What is written of what was heard; in place. */
    public double[] record(double[] x, Chance chance) {
        Filter.highPass(highPass_Hz, 0.7).apply(x);
        if (tilt_dB != 0) {
            Filter.highShelf(1200, tilt_dB).apply(x);
        }
        if (resonance_dB != 0) {
            Filter.peak(resonance_Hz, 1.0, resonance_dB).apply(x);
        }
        Signal.normalise(x);
        double gain = Signal.amplitude(drive_dB);
        for (int n = 0; n < x.length; n++) {
            double y = x[n] * gain;
            x[n] = hard ? Math.clamp(y, -1, 1) : y / (1 + Math.abs(y));
        }
        if (limiter_dB > 0) {
            limit(x);
        }
        if (lowPass_Hz < 8000) {
            Filter.lowPass(lowPass_Hz, 0.6).apply(x);
            Filter.lowPass(lowPass_Hz, 1.2).apply(x);
        }
        Signal.normalise(x);
        double hiss = Signal.amplitude(hiss_dB);
        double step = StrictMath.scalb(1.0, 1 - bits);
        for (int n = 0; n < x.length; n++) {
            double y = (x[n] + hiss * chance.noise()) * peak;
            x[n] = StrictMath.rint(Math.clamp(y, -1, 1) / step) * step;
        }
        return x;
    }

    /** Holds levels down in a ratio of 4 to 1 above a threshold; attack 2 ms. */
    private void limit(double[] x) {
        double threshold = Signal.amplitude(-limiter_dB * 4 / 3) * Math.max(1e-9, Signal.peak(x));
        double attack = StrictMath.exp(-1 / (0.002 * Signal.RATE_HZ));
        double release = StrictMath.exp(-1 / (release_s * Signal.RATE_HZ));
        double envelope = 0;
        for (int n = 0; n < x.length; n++) {
            double level = Math.abs(x[n]);
            double slow = level > envelope ? attack : release;
            envelope = slow * envelope + (1 - slow) * level;
            if (envelope > threshold) {
                // (envelope / threshold)^(1/4 - 1)
                double ratio = threshold / envelope;
                x[n] *= StrictMath.sqrt(ratio) * StrictMath.sqrt(StrictMath.sqrt(ratio));
            }
        }
    }
}
