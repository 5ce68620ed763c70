// SPDX-License-Identifier: Apache-2.0
/** The fold of a site: detectors, fusion and response in one step. It knows nothing of Kafka. */
@NullMarked
package org.polias.stream.fold;

import org.jspecify.annotations.NullMarked;
