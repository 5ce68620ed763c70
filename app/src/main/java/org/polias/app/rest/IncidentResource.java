// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.SecurityContext;

import org.jspecify.annotations.Nullable;
import org.polias.app.Platform;
import org.polias.app.security.Roles;
import org.polias.app.view.IncidentDetail;
import org.polias.app.view.IncidentSummary;
import org.polias.model.id.IncidentId;
import org.polias.model.incident.DismissalReason;
import org.polias.model.incident.Incident;
import org.polias.model.incident.OperatorCommand;
import org.polias.store.incident.IncidentScope;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Incidents, and what operators do with them. */
@Path("/api/incidents")
@RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR, Roles.DIRECTOR, Roles.ADMINISTRATOR})
@RunOnVirtualThread
public class IncidentResource {

    private static final int MAX_LIMIT = 1000;
    private static final int MAX_TEXT = 4000;
    /** An incident weighs no more sources. */
    private static final int MAX_EVIDENCE = 200;

    @Inject
    Platform platform;

    @GET
    public List<IncidentSummary> list(
            @QueryParam("scope") @DefaultValue("live") String scope,
            @QueryParam("limit") @DefaultValue("200") int limit) {
        return platform.listIncidents(scope(scope), requireLimit(limit)).stream()
                .map(IncidentSummary::of)
                .toList();
    }

    @GET
    @Path("/{id}")
    public IncidentDetail get(String id) {
        return platform.findIncidentWithHistory(incidentId(id))
                .map(found -> IncidentDetail.of(found.incident(), found.events()))
                .orElseThrow(() -> ApiFault.notFound("incident", id));
    }

    /** What an operator wants done; which members count depends on {@code command}. */
    public record Command(
            @Nullable String command,
            @Nullable String to,
            @Nullable String text,
            @Nullable String note,
            @Nullable String reason,
            @Nullable String target,
            @Nullable List<String> evidence) {}

    /** The incident's last event once the command was carried out. */
    public record Done(long sequence) {}

    @POST
    @Path("/{id}/commands")
    @RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR})
    public Done command(String id, Command body, SecurityContext who) {
        if (body == null) {
            throw ApiFault.badRequest("The request has no body.", "Maybe send {\"command\": \"acknowledge\"}.");
        }
        Incident incident = platform.findIncident(incidentId(id)).orElseThrow(() -> ApiFault.notFound("incident", id));
        String by = who.getUserPrincipal().getName();
        platform.command(incident.site(), operatorCommand(incident.id(), body, by))
                .ifPresent(refusal -> {
                    throw ApiFault.refused(refusal);
                });
        return new Done(platform.picture()
                .findIncident(incident.id())
                .map(Incident::sequence)
                .orElse(incident.sequence()));
    }

    private OperatorCommand operatorCommand(IncidentId incident, Command body, String by) {
        String commandId = UUID.randomUUID().toString();
        String note = text(body.note());
        return switch (body.command() == null ? "" : body.command()) {
            case "acknowledge" -> new OperatorCommand.Acknowledge(commandId, incident, by);
            case "assign" ->
                new OperatorCommand.Assign(commandId, incident, by, existingUser(required("to", body.to())));
            case "note" -> new OperatorCommand.Note(commandId, incident, by, required("text", body.text()));
            case "resolve" -> new OperatorCommand.Resolve(commandId, incident, by, note);
            case "dismiss" ->
                new OperatorCommand.Dismiss(commandId, incident, by, reason(required("reason", body.reason())), note);
            case "reopen" -> new OperatorCommand.Reopen(commandId, incident, by, note);
            case "merge" ->
                new OperatorCommand.Merge(commandId, incident, by, incidentId(required("target", body.target())));
            case "split" -> new OperatorCommand.Split(commandId, incident, by, evidence(body.evidence()), note);
            default ->
                throw ApiFault.badRequest(
                        body.command() == null
                                ? "The member 'command' is missing."
                                : "There is no command '%s'.".formatted(body.command()),
                        "Maybe use acknowledge, assign, note, resolve, dismiss, reopen, merge or split.");
        };
    }

    private static List<String> evidence(@Nullable List<String> keys) {
        if (keys == null || keys.isEmpty()) {
            throw ApiFault.badRequest(
                    "The member 'evidence' is missing.", "Maybe name the keys of the ledger's lines that go.");
        }
        if (keys.size() > MAX_EVIDENCE) {
            throw ApiFault.badRequest("More than %d lines of evidence are named.".formatted(MAX_EVIDENCE), null);
        }
        return keys.stream().map(key -> required("evidence", key)).toList();
    }

    private String existingUser(String user) {
        if (!platform.hasUser(user)) {
            throw ApiFault.notFound("user", user);
        }
        return user;
    }

    static int requireLimit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiFault.badRequest("The limit %d is not between 1 and %d.".formatted(limit, MAX_LIMIT), null);
        }
        return limit;
    }

    static IncidentScope scope(String scope) {
        return switch (scope) {
            case "live" -> IncidentScope.LIVE;
            case "closed" -> IncidentScope.CLOSED;
            case "all" -> IncidentScope.ALL;
            default ->
                throw ApiFault.badRequest("There is no scope '%s'.".formatted(scope), "Maybe use live, closed or all.");
        };
    }

    private static IncidentId incidentId(String id) {
        try {
            return new IncidentId(id);
        } catch (IllegalArgumentException e) {
            throw ApiFault.notFound("incident", id);
        }
    }

    private static DismissalReason reason(String reason) {
        try {
            return DismissalReason.valueOf(reason.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw ApiFault.badRequest(
                    "There is no reason '%s'.".formatted(reason),
                    "Maybe use one of %s."
                            .formatted(Arrays.stream(DismissalReason.values())
                                    .map(DismissalReason::name)
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static String required(String member, @Nullable String value) {
        String text = text(value);
        if (text.isBlank()) {
            throw ApiFault.badRequest("The member '%s' is missing.".formatted(member), null);
        }
        return text;
    }

    private static String text(@Nullable String value) {
        String text = value == null ? "" : value.strip();
        if (text.length() > MAX_TEXT) {
            throw ApiFault.badRequest(
                    "A text of %d characters is longer than the %d that are kept.".formatted(text.length(), MAX_TEXT),
                    null);
        }
        return text;
    }
}
