// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.polias.app.Platform;
import org.polias.app.view.CityView;

import io.quarkus.security.Authenticated;

/** The city. */
@Path("/api/city")
@Authenticated
public class CityResource {

    @Inject
    Platform platform;

    @GET
    public CityView city() {
        return CityView.of(platform.city());
    }
}
