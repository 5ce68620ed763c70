// SPDX-License-Identifier: Apache-2.0
package org.polias.simulate.internal.ground;

/** The nodes from which a field begins, and their distances to what is to be reached. */
public record Goal(int[] nodes, float[] distances) {

    public boolean isEmpty() {
        return nodes.length == 0;
    }
}
