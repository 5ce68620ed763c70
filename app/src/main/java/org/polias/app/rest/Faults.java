// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.util.stream.Collectors;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.polias.app.Unavailable;
import org.polias.store.StoreException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;

/** Every failure of a request as the API's error object. */
public final class Faults {

    private static final Logger LOG = Logger.getLogger(Faults.class);

    @ServerExceptionMapper
    public Response map(ApiFault fault) {
        return answer(fault.status(), fault.body());
    }

    /** A body that is not the JSON that is wanted. */
    @ServerExceptionMapper({JsonProcessingException.class})
    public Response map(JsonProcessingException fault) {
        String where = fault instanceof JsonMappingException mapping
                        && !mapping.getPath().isEmpty()
                ? " at '%s'"
                        .formatted(mapping.getPath().stream()
                                .map(step ->
                                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                                .collect(Collectors.joining(".")))
                : "";
        return answer(
                400,
                new ApiFault.Body(
                        "bad-request",
                        "The body is not the JSON that is wanted%s: %s".formatted(where, fault.getOriginalMessage()),
                        "Maybe see docs/api.md for its form."));
    }

    @ServerExceptionMapper
    public Response map(WebApplicationException fault) {
        if (fault.getCause() instanceof JsonProcessingException json) {
            return map(json);
        }
        int status = fault.getResponse().getStatus();
        return answer(status, new ApiFault.Body(code(status), fault.getMessage(), null));
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

    private static String code(int status) {
        return switch (status) {
            case 401 -> "unauthenticated";
            case 403 -> "forbidden";
            case 404 -> "not-found";
            case 405 -> "method-not-allowed";
            case 413 -> "oversized";
            case 415 -> "unsupported-media-type";
            default -> status < 500 ? "bad-request" : "failed";
        };
    }

    private static Response answer(int status, ApiFault.Body body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(body)
                .build();
    }
}
