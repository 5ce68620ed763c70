// SPDX-License-Identifier: Apache-2.0
package org.polias.store.campaign;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.polias.model.campaign.Campaign;
import org.polias.model.campaign.CampaignStatus;
import org.polias.model.id.CampaignId;
import org.polias.model.id.TenantId;
import org.polias.store.incident.IncidentScope;
import org.polias.store.json.ModelJson;
import org.polias.store.sql.Database;
import org.polias.store.sql.Times;

/** Campaigns as they were last told: the open ones, from which a process goes on after a restart, and those that ended. Thread-safe. */
public final class CampaignStore {

    private final Database database;

    public CampaignStore(Database database) {
        this.database = database;
    }

    /** Stores what campaigns have become; a revision that is stored already, or is older than what is stored, changes nothing. */
    public void put(Collection<Campaign> campaigns) {
        if (campaigns.isEmpty()) {
            return;
        }
        database.transact("storing campaigns", connection -> {
            try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO campaign"
                    + " (tenant, id, revision, open, level, changed_at, body) VALUES (?, ?, ?, ?, ?, ?, ?::jsonb)"
                    + " ON CONFLICT (tenant, id) DO UPDATE SET revision = excluded.revision, open = excluded.open,"
                    + " level = excluded.level, changed_at = excluded.changed_at, body = excluded.body"
                    + " WHERE campaign.revision < excluded.revision")) {
                for (Campaign campaign : campaigns) {
                    upsert.setString(1, campaign.tenant().value());
                    upsert.setString(2, campaign.id().value());
                    upsert.setLong(3, campaign.revision());
                    upsert.setBoolean(4, campaign.status() == CampaignStatus.OPEN);
                    upsert.setInt(5, campaign.level().ordinal());
                    upsert.setObject(6, Times.parameter(campaign.changedAt()));
                    upsert.setString(7, ModelJson.write(campaign));
                    upsert.addBatch();
                }
                upsert.executeBatch();
                return campaigns.size();
            }
        });
    }

    /** The tenant's campaigns, the most critical first; of {@link IncidentScope} live ones are open. */
    public List<Campaign> list(TenantId tenant, IncidentScope scope, int limit) {
        String condition =
                switch (scope) {
                    case LIVE -> " AND open";
                    case CLOSED -> " AND NOT open";
                    case ALL -> "";
                };
        return database.read("listing campaigns of " + tenant, connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT body FROM campaign WHERE tenant = ?"
                    + condition + " ORDER BY level DESC, changed_at DESC, id LIMIT ?")) {
                query.setString(1, tenant.value());
                query.setInt(2, limit);
                return read(query);
            }
        });
    }

    /** The tenant's campaign with this id. */
    public Optional<Campaign> find(TenantId tenant, CampaignId id) {
        return database.read("reading campaign " + id, connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT body FROM campaign WHERE tenant = ? AND id = ?")) {
                query.setString(1, tenant.value());
                query.setString(2, id.value());
                return read(query).stream().findFirst();
            }
        });
    }

    /**
     * Deletes campaigns that ended and did not change since {@code time}.
     *
     * @return how many were deleted
     */
    public int deleteEndedBefore(TenantId tenant, Instant time) {
        return database.transact("deleting ended campaigns of " + tenant, connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM campaign WHERE tenant = ? AND NOT open AND changed_at < ?")) {
                delete.setString(1, tenant.value());
                delete.setObject(2, Times.parameter(time));
                return delete.executeUpdate();
            }
        });
    }

    private static List<Campaign> read(PreparedStatement query) throws SQLException {
        List<Campaign> found = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(ModelJson.readCampaign(row.getString(1)));
            }
        }
        return found;
    }
}
