// SPDX-License-Identifier: Apache-2.0
/** Whether input was taken in, and if not, why: a value with a stable code. */
@NullMarked
package org.polias.model.admission;

import org.jspecify.annotations.NullMarked;
