// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.polias.app.Platform;
import org.polias.app.security.Roles;
import org.polias.store.access.Role;
import org.polias.store.access.User;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** The people who may sign in. */
@Path("/api/users")
@RolesAllowed(Roles.ADMINISTRATOR)
@RunOnVirtualThread
public class UserResource {

    @Inject
    Platform platform;

    /** A user as the API shows one. */
    public record UserView(String user, String name, List<String> roles, boolean disabled) {
        static UserView of(User user) {
            return new UserView(
                    user.login(),
                    user.name(),
                    user.roles().stream().map(Role::code).sorted().toList(),
                    user.disabled());
        }
    }

    /** A user to be made. */
    public record NewUser(
            @Nullable String user,
            @Nullable String name,
            @Nullable List<String> roles,
            @Nullable String password) {}

    /** A new password. */
    public record NewPassword(@Nullable String password) {}

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR, Roles.DIRECTOR, Roles.ADMINISTRATOR})
    public List<UserView> list() {
        return platform.store().users().list(platform.city().tenant()).stream()
                .map(UserView::of)
                .toList();
    }

    @POST
    public Response create(@Nullable NewUser wanted) {
        if (wanted == null || wanted.user() == null || wanted.password() == null || wanted.roles() == null) {
            throw ApiFault.badRequest("'user', 'password' or 'roles' is missing.", null);
        }
        String name = wanted.name() == null ? wanted.user() : wanted.name();
        try {
            User created = platform.store()
                    .users()
                    .create(platform.city().tenant(), wanted.user(), name, roles(wanted.roles()), wanted.password())
                    .orElseThrow(() -> ApiFault.refused("There is a user '%s' already.".formatted(wanted.user())));
            return Response.status(Response.Status.CREATED)
                    .entity(UserView.of(created))
                    .build();
        } catch (IllegalArgumentException e) {
            throw ApiFault.badRequest(e.getMessage(), null);
        }
    }

    @PUT
    @Path("/{user}/password")
    public void changePassword(String user, @Nullable NewPassword wanted) {
        if (wanted == null || wanted.password() == null) {
            throw ApiFault.badRequest("The member 'password' is missing.", null);
        }
        try {
            if (!platform.store().users().changePassword(platform.city().tenant(), user, wanted.password())) {
                throw ApiFault.notFound("user", user);
            }
        } catch (IllegalArgumentException e) {
            throw ApiFault.badRequest(e.getMessage(), null);
        }
        platform.access().forgetBelieved();
    }

    /** Nobody is deleted: the timelines name them. Somebody must be left who may administer. */
    @DELETE
    @Path("/{user}")
    public void disable(String user) {
        List<User> administrators = platform
                .store()
                .users()
                .list(platform.city().tenant())
                .stream()
                .filter(one -> !one.disabled() && one.roles().contains(Role.ADMINISTRATOR))
                .toList();
        if (administrators.size() == 1 && administrators.getFirst().login().equalsIgnoreCase(user)) {
            throw ApiFault.refused(
                    "The user '%s' is the only administrator.%nMaybe make another one first.".formatted(user));
        }
        if (!platform.store().users().setDisabled(platform.city().tenant(), user, true)) {
            throw ApiFault.notFound("user", user);
        }
        platform.access().forgetBelieved();
    }

    private static Set<Role> roles(List<String> codes) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : codes) {
            roles.add(Role.find(code)
                    .orElseThrow(() -> ApiFault.badRequest(
                            "There is no role '%s'.".formatted(code),
                            "Maybe use one of %s."
                                    .formatted(Roles.ALL.stream().sorted().toList()))));
        }
        return roles;
    }
}
