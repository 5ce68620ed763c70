// SPDX-License-Identifier: Apache-2.0
package org.polias.pilots;

import java.time.Duration;

/**
 * An exercise that a world can play.
 *
 * @param id by which it is begun
 * @param title a few words
 * @param description a few sentences: what will happen
 * @param duration how long it lasts if nobody ends it
 */
public record Exercise(String id, String title, String description, Duration duration) {}
