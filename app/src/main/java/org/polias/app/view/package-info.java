// SPDX-License-Identifier: Apache-2.0
/** The model as the API shows it. */
@NullMarked
package org.polias.app.view;

import org.jspecify.annotations.NullMarked;
