// SPDX-License-Identifier: Apache-2.0
package org.polias.app.rest;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.polias.app.Platform;
import org.polias.app.security.Roles;
import org.polias.app.view.CampaignDetail;
import org.polias.app.view.CampaignSummary;
import org.polias.model.id.CampaignId;

import io.smallrye.common.annotation.RunOnVirtualThread;

/** Campaigns: incidents of several sites or kinds that are held to be coordinated. */
@Path("/api/campaigns")
@RolesAllowed({Roles.OPERATOR, Roles.SUPERVISOR, Roles.DIRECTOR, Roles.ADMINISTRATOR})
@RunOnVirtualThread
public class CampaignResource {

    @Inject
    Platform platform;

    @GET
    public List<CampaignSummary> list(
            @QueryParam("scope") @DefaultValue("live") String scope,
            @QueryParam("limit") @DefaultValue("200") int limit) {
        return platform.listCampaigns(IncidentResource.scope(scope), IncidentResource.requireLimit(limit)).stream()
                .map(CampaignSummary::of)
                .toList();
    }

    @GET
    @Path("/{id}")
    public CampaignDetail get(String id) {
        return platform.findCampaign(campaignId(id))
                .map(CampaignDetail::of)
                .orElseThrow(() -> ApiFault.notFound("campaign", id));
    }

    private static CampaignId campaignId(String id) {
        try {
            return new CampaignId(id);
        } catch (IllegalArgumentException e) {
            throw ApiFault.notFound("campaign", id);
        }
    }
}
