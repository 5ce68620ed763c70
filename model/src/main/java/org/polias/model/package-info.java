// SPDX-License-Identifier: Apache-2.0
/** The vocabulary of Polias: records and sealed interfaces, pure and free of any framework. */
@NullMarked
package org.polias.model;

import org.jspecify.annotations.NullMarked;
