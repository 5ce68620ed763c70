// SPDX-License-Identifier: Apache-2.0
/**
 * A city's folder of files, read into the vocabulary of the model. Whatever is wrong with it is collected and reported whole;
 * the formats are documented in {@code docs/city.md}.
 */
@NullMarked
package org.polias.app.city;

import org.jspecify.annotations.NullMarked;
