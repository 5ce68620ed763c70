// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.util.Collection;
import java.util.stream.Collectors;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.polias.app.Unavailable;
import org.polias.store.StoreException;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;

/** Every failure of a request as the API's error object. */
public final class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);
    private static final String FORM = "Maybe see docs/api.md for its form.";

    @ServerExceptionMapper
    public Response map(ApiFault fault) {
        return answer(fault.status(), fault.body());
    }

    @ServerExceptionMapper
    public Response map(UnauthorizedException fault) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    public Response map(AuthenticationFailedException fault) {
        return unauthenticated();
    }

    @ServerExceptionMapper
    public Response map(ForbiddenException fault) {
        return answer(
                403,
                new ApiFault.Body(
                        "forbidden",
                        "Your roles do not allow this.",
                        "Maybe ask an administrator for the role that does: see docs/api.md."));
    }

    /** A body that is no JSON. */
    @ServerExceptionMapper
    public Response map(JsonProcessingException fault) {
        // The parser adds where it was in its own words, which name its classes.
        String problem = fault.getOriginalMessage()
                .replaceAll("\\s*\\([^()]*\\[Source:[^\\]]*\\]\\)", "")
                .replaceAll("\\s*at \\[Source:[^\\]]*\\]", "");
        return answer(
                400,
                new ApiFault.Body("bad-request", "The body is no JSON%s: %s.".formatted(place(fault), problem), FORM));
    }

    /** A body that is JSON, and not of the form that is wanted. */
    @ServerExceptionMapper
    public Response map(MismatchedInputException fault) {
        String member = fault.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return answer(
                400,
                new ApiFault.Body(
                        "bad-request",
                        "%s%s has to be %s."
                                .formatted(
                                        member.isEmpty() ? "The body" : "The member '%s'".formatted(member),
                                        place(fault),
                                        wanted(fault)),
                        FORM));
    }

    @ServerExceptionMapper
    public Response map(WebApplicationException fault, UriInfo uri, Request request) {
        if (fault.getCause() instanceof MismatchedInputException json) {
            return map(json);
        }
        if (fault.getCause() instanceof JsonProcessingException json) {
            return map(json);
        }
        String what = "%s %s".formatted(request.getMethod(), uri.getPath());
        if (fault instanceof NotFoundException && fault.getCause() instanceof RuntimeException unreadable) {
            return answer(
                    400,
                    new ApiFault.Body(
                            "bad-request",
                            "A parameter of %s cannot be read: %s.".formatted(what, unreadable.getMessage()),
                            "Maybe it should be a number."));
        }
        int status = fault.getResponse().getStatus();
        return answer(
                status,
                switch (status) {
                    case 401 -> new ApiFault.Body("unauthenticated", "Nobody is signed in.", "Maybe sign in first.");
                    case 403 -> new ApiFault.Body("forbidden", "This is not allowed: %s.".formatted(what), null);
                    case 404 ->
                        new ApiFault.Body("not-found", "There is no %s.".formatted(what), "Maybe see docs/api.md.");
                    case 405 ->
                        new ApiFault.Body(
                                "method-not-allowed",
                                "There is no %s, but something else at this address.".formatted(what),
                                "Maybe see docs/api.md.");
                    case 406 -> new ApiFault.Body("not-acceptable", "The answer is JSON.", "Maybe accept that.");
                    case 413 -> new ApiFault.Body("oversized", "The body is too large.", null);
                    case 415 ->
                        new ApiFault.Body(
                                "unsupported-media-type",
                                "The body has to be JSON.",
                                "Maybe send it with 'Content-Type: application/json'.");
                    default ->
                        new ApiFault.Body(
                                status < 500 ? "bad-request" : "failed", String.valueOf(fault.getMessage()), null);
                });
    }

    @ServerExceptionMapper
    public Response map(Unavailable fault) {
        return map(ApiFault.unavailable(fault.getMessage(), "Maybe try again in some seconds."));
    }

    @ServerExceptionMapper
    public Response map(StoreException fault) {
        LOG.error("A request failed in the database", fault);
        return map(ApiFault.unavailable("The database does not answer.", "Maybe try again in some seconds."));
    }

    /** A bug, or a part that failed: logged with its trace, answered without. */
    @ServerExceptionMapper(Throwable.class)
    public Response map(Throwable fault) {
        LOG.error("A request failed", fault);
        return answer(
                500,
                new ApiFault.Body("failed", "The request failed on our side.", "Maybe try again; the log says why."));
    }

    private static Response unauthenticated() {
        return answer(
                401,
                new ApiFault.Body(
                        "unauthenticated",
                        "Nobody is signed in, or the session has ended.",
                        "Maybe sign in with POST /api/session."));
    }

    private static String place(JsonProcessingException fault) {
        JsonLocation at = fault.getLocation();
        return at == null || at.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr());
    }

    private static String wanted(MismatchedInputException fault) {
        Class<?> type = fault.getTargetType();
        if (type == null) {
            return "something else";
        }
        if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static Response answer(int status, ApiFault.Body body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
