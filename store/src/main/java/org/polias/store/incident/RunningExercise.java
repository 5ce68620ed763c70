// SPDX-License-Identifier: Apache-2.0
package org.polias.store.incident;

import java.time.Instant;

import org.polias.model.id.SiteKey;

/** An exercise that a site is in. */
public record RunningExercise(SiteKey site, String exercise, Instant since) {}
