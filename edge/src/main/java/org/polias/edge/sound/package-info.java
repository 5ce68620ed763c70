// SPDX-License-Identifier: Apache-2.0
/** Sound as it comes from microphones: what is heard in it goes on, the sound itself does not. */
@NullMarked
package org.polias.edge.sound;

import org.jspecify.annotations.NullMarked;
