// SPDX-License-Identifier: Apache-2.0
/** What network sensors report. */
@NullMarked
package org.polias.detect.cyber;

import org.jspecify.annotations.NullMarked;
