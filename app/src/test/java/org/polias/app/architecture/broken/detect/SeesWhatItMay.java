// SPDX-License-Identifier: Apache-2.0
package org.polias.app.architecture.broken.detect;

import org.polias.app.architecture.broken.model.Vocabulary;

/** As the table has it. */
public record SeesWhatItMay(Vocabulary vocabulary) {}
