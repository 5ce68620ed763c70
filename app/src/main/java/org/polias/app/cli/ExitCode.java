// SPDX-License-Identifier: Apache-2.0
package org.polias.app.cli;

/** What the exit codes of {@code ./polias} mean. 3 and 4 are the launcher's own. */
public final class ExitCode {

    /** It was done. */
    public static final int DONE = 0;
    /** It was tried and did not succeed, or what was checked is not in order. */
    public static final int FAILED = 1;
    /** The command line was not understood. */
    public static final int USAGE = 2;
    /** The launcher found no JDK 25, or nothing to build with. */
    public static final int NO_TOOLS = 3;
    /** The launcher could not provide what the tests need. */
    public static final int NO_TEST_TOOLS = 4;
    /** No platform runs on the data directory, or it does not answer. */
    public static final int NOT_RUNNING = 5;
    /** The running platform understood and refused. */
    public static final int REFUSED = 6;
    /** The platform cannot start: a port or the data directory is in use, the configuration is not in order. */
    public static final int CANNOT_START = 7;

    private ExitCode() {}
}
