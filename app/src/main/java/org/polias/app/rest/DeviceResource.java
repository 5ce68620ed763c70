// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.polias.app.Platform;
import org.polias.app.security.Roles;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteKey;
import org.polias.model.port.Registry;
import org.polias.store.access.DeviceEntry;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Devices and their credentials. */
@Path("/api/devices")
@RolesAllowed(Roles.ADMINISTRATOR)
@RunOnVirtualThread
public class DeviceResource {

    @Inject
    Platform platform;

    /** A device as the API shows one. */
    public record DeviceView(String device, Optional<String> site, Instant createdAt, Optional<Instant> revokedAt) {
        static DeviceView of(DeviceEntry entry) {
            return new DeviceView(
                    entry.device().id().value(),
                    entry.device().site().map(SiteKey::site).map(Object::toString),
                    entry.createdAt(),
                    entry.revokedAt());
        }
    }

    /** A device to be made. */
    public record NewDevice(
            @Nullable String device, @Nullable String site) {}

    /** A device that was made, with its secret, which is shown this once. */
    public record Issued(String device, Optional<String> site, String secret) {}

    @GET
    public List<DeviceView> list() {
        return platform.store().devices().list(platform.city().tenant()).stream()
                .map(DeviceView::of)
                .toList();
    }

    @POST
    public Response create(@Nullable NewDevice wanted) {
        if (wanted == null || wanted.device() == null) {
            throw ApiFault.badRequest("The member 'device' is missing.", null);
        }
        Optional<SiteKey> site = Optional.ofNullable(wanted.site()).map(this::site);
        return platform.store()
                .devices()
                .create(platform.city().tenant(), deviceId(wanted.device()), site)
                .map(issued -> Response.status(Response.Status.CREATED)
                        .entity(new Issued(
                                issued.device().id().value(),
                                issued.device().site().map(SiteKey::site).map(Object::toString),
                                issued.secret()))
                        .build())
                .orElseThrow(() -> ApiFault.refused(
                        "There is a device '%s' already.%nMaybe choose another name.".formatted(wanted.device())));
    }

    @DELETE
    @Path("/{device}")
    public void revoke(String device) {
        Registry.Device known = platform.store()
                .devices()
                .find(platform.city().tenant(), deviceId(device))
                .map(DeviceEntry::device)
                .orElseThrow(() -> ApiFault.notFound("device", device));
        platform.store().devices().revoke(platform.city().tenant(), known.id());
    }

    private SiteKey site(String site) {
        return platform.city().sites().stream()
                .map(definition -> definition.key())
                .filter(key -> key.site().value().equals(site))
                .findFirst()
                .orElseThrow(() -> ApiFault.notFound("site", site));
    }

    private static DeviceId deviceId(String device) {
        try {
            return new DeviceId(device);
        } catch (IllegalArgumentException e) {
            throw ApiFault.badRequest(e.getMessage(), null);
        }
    }
}
