// SPDX-License-Identifier: Apache-2.0
/** The city level at work: it hears of every incident and tells of campaigns. */
@NullMarked
package org.polias.app.campaign;

import org.jspecify.annotations.NullMarked;
