// SPDX-License-Identifier: Apache-2.0
/** What enters and leaves the fold of a site. */
@NullMarked
package org.polias.model.event;

import org.jspecify.annotations.NullMarked;
