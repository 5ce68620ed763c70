// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.cellar;

/** In a package that the table does not have. */
record HasNoRoom() {}
