// SPDX-License-Identifier: Apache-2.0
package org.polias.model.incident;

import java.util.List;

/**
 * By what a site judges how much incidents matter.
 *
 * @param revision names the rules; it stands in every assessment made by them
 */
public record CriticalityRules(String revision, CriticalityMatrix matrix, List<CriticalityContext> context) {

    /** What holds where a city says nothing. */
    public static final CriticalityRules DEFAULT =
            new CriticalityRules("default-1", CriticalityMatrix.DEFAULT, List.of());

    public CriticalityRules {
        context = List.copyOf(context);
    }
}
