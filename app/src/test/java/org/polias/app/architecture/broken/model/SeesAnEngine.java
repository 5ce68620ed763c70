// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.model;

import org.polias.app.architecture.broken.detect.SeesWhatItMay;

/** Against the table. */
record SeesAnEngine(SeesWhatItMay engine) {}
