// SPDX-License-Identifier: Apache-2.0
/** The certificate that the platform shows, and trust in it. */
@NullMarked
package org.polias.app.tls;

import org.jspecify.annotations.NullMarked;
