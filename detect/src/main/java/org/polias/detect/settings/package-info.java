// SPDX-License-Identifier: Apache-2.0
/** How detectors are configured: kinds, their parameters with defaults and bounds, and the site as detectors see it. */
@NullMarked
package org.polias.detect.settings;

import org.jspecify.annotations.NullMarked;
