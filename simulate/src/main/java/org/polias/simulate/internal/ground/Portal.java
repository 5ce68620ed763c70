// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

/** Where two surfaces meet: who is on the left of the line is on the one, who is on the right on the other. */
public record Portal(Line line, int left, int right) {

    public boolean joins(int surface) {
        return surface == left || surface == right;
    }

    public int other(int surface) {
        return surface == left ? right : left;
    }
}
