// SPDX-License-Identifier: Apache-2.0
/** People on an area. */
@NullMarked
package org.polias.detect.crowd;

import org.jspecify.annotations.NullMarked;
