// SPDX-License-Identifier: Apache-2.0
package org.polias.perceive.acoustics;

/** The classifiers that come with Polias. */
public final class Classifiers {

    private Classifiers() {}

    /** Opens the one that is used where no other is named. Whoever opens it closes it. */
    public static SoundClassifier shipped() {
        return ShippedClassifier.open();
    }
}
