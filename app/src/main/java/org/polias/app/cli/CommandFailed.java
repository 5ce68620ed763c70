// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

/** Ends a command with a message for the one who typed it; never shown with a stack trace unless one is asked for. */
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCode}
     * @param message what went wrong, with names and values, and advice on a line that begins with "Maybe"
     */
    public CommandFailed(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** As {@link #CommandFailed(int, String)}, with the fault behind it for {@code --stacktrace}. */
    public CommandFailed(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** One of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }
}
