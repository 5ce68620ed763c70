// SPDX-License-Identifier: Apache-2.0
/** From a payload to the log: routes, admission, counters, the quarantine, and receipts. Shared by all ways in. */
@NullMarked
package org.polias.edge.intake;

import org.jspecify.annotations.NullMarked;
