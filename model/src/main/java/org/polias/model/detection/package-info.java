// SPDX-License-Identifier: Apache-2.0
/** What a detector claims about the world, with what it weighs and where. */
@NullMarked
package org.polias.model.detection;

import org.jspecify.annotations.NullMarked;
