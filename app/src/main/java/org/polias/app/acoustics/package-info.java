// SPDX-License-Identifier: Apache-2.0
/** Sound on the command line: the classifier is trained and evaluated here, out of what the other modules can do. */
@NullMarked
package org.polias.app.acoustics;

import org.jspecify.annotations.NullMarked;
