// SPDX-License-Identifier: Apache-2.0
package org.polias.fuse.life;

import java.util.Optional;

/** What was answered to a command, so that the same command delivered twice is answered alike. */
public record Answer(String commandId, Optional<String> refusal) {}
