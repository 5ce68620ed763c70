// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;

import org.polias.app.ExerciseDirector;
import org.polias.app.Platform;
import org.polias.app.security.Roles;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Exercises of the pilot city. */
@Path("/api/exercises")
@RunOnVirtualThread
public class ExerciseResource {

    @Inject
    Platform platform;

    @GET
    @Authenticated
    public List<ExerciseDirector.Offer> list() {
        return platform.findExercises().map(ExerciseDirector::list).orElse(List.of());
    }

    @POST
    @Path("/{id}")
    @RolesAllowed(Roles.DIRECTOR)
    public void begin(String id, SecurityContext who) {
        ExerciseDirector director = director(id);
        director.findRunning().ifPresent(running -> {
            throw ApiFault.refused("The exercise '%s' is running.%nMaybe end it first.".formatted(running));
        });
        director.begin(id, who.getUserPrincipal().getName());
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.DIRECTOR)
    public void end(String id) {
        ExerciseDirector director = director(id);
        if (!director.findRunning().filter(id::equals).isPresent()) {
            throw ApiFault.refused("The exercise '%s' is not running.".formatted(id));
        }
        director.end();
    }

    private ExerciseDirector director(String id) {
        return platform.findExercises()
                .filter(director ->
                        director.list().stream().anyMatch(offer -> offer.id().equals(id)))
                .orElseThrow(() -> ApiFault.notFound("exercise", id));
    }
}
