// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import org.jspecify.annotations.Nullable;

/** A request that cannot be done, for a reason that the one who sent it should know. */
public final class ApiFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String advice;

    private ApiFault(int status, String code, String message, @Nullable String advice) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.advice = advice;
    }

    /** What is asked for does not exist. */
    public static ApiFault notFound(String what, String id) {
        return new ApiFault(404, "not-found", "There is no %s '%s'.".formatted(what, id), null);
    }

    /** The request makes no sense. */
    public static ApiFault badRequest(String message, @Nullable String advice) {
        return new ApiFault(400, "bad-request", message, advice);
    }

    /** Things are not so that it could be done. */
    public static ApiFault refused(String message) {
        return new ApiFault(409, "refused", message, null);
    }

    /** Who asks is not who they say. */
    public static ApiFault badCredentials() {
        return new ApiFault(401, "bad-credentials", "The user name or the password is wrong.", null);
    }

    /** Too much was tried. */
    public static ApiFault tooManyAttempts(long wait_s) {
        return new ApiFault(
                429,
                "too-many-attempts",
                "There were too many failed attempts.",
                "Maybe try again in %d s.".formatted(wait_s));
    }

    /** It cannot be done now. */
    public static ApiFault unavailable(String message, String advice) {
        return new ApiFault(503, "unavailable", message, advice);
    }

    int status() {
        return status;
    }

    Body body() {
        Body body = body(code, getMessage());
        return advice == null ? body : new Body(code, body.message(), advice);
    }

    /** What is said where {@code message} has its advice on a line of its own, as messages of the parts below do. */
    static Body body(String code, String message) {
        String[] lines = message.split("\\R", 2);
        return new Body(code, lines[0], lines.length > 1 ? lines[1] : null);
    }

    /** What the answer says. */
    public record Body(
            String code, String message, @Nullable String advice) {}
}
