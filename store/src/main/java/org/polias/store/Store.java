// SPDX-License-Identifier: Apache-2.0
package org.polias.store;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;

import org.polias.store.access.Devices;
import org.polias.store.access.Sessions;
import org.polias.store.access.SignInsUnderWay;
import org.polias.store.access.Users;
import org.polias.store.campaign.CampaignStore;
import org.polias.store.history.History;
import org.polias.store.incident.IncidentStore;
import org.polias.store.log.LogProgressStore;
import org.polias.store.quarantine.QuarantineStore;
import org.polias.store.server.DatabaseServer;
import org.polias.store.sql.Database;

/**
 * Everything that is kept in PostgreSQL. All parts are thread-safe, block, and may be called from virtual threads. They throw
 * {@link StoreException}; after one, the store goes on working by itself as soon as the database does.
 */
public final class Store implements AutoCloseable {

    private final Optional<DatabaseServer> server;
    private final Database database;
    private final History history;
    private final IncidentStore incidents;
    private final CampaignStore campaigns;
    private final QuarantineStore quarantine;
    private final LogProgressStore progress;
    private final Users users;
    private final Sessions sessions;
    private final SignInsUnderWay signIns;
    private final Devices devices;

    private Store(Optional<DatabaseServer> server, Database database, StoreSettings settings) {
        this.server = server;
        this.database = database;
        this.history = new History(database);
        this.incidents = new IncidentStore(database);
        this.campaigns = new CampaignStore(database);
        this.quarantine = new QuarantineStore(database, settings.quarantine());
        this.progress = new LogProgressStore(database);
        this.users = new Users(database, settings.clock());
        this.sessions = new Sessions(database, settings.clock());
        this.signIns = new SignInsUnderWay(database, settings.clock());
        this.devices = new Devices(database, settings.clock());
    }

    /**
     * Starts or reaches the database, brings its schema up to date, and is ready.
     *
     * @throws StoreException if that cannot be; the message is for people
     */
    public static Store start(StoreSettings settings) {
        return switch (settings.source()) {
            case StoreSettings.Source.Embedded embedded -> {
                DatabaseServer server = DatabaseServer.start(embedded.directory());
                try {
                    yield open(
                            Optional.of(server),
                            server.jdbcUrl(),
                            server.user(),
                            server.password(),
                            settings,
                            server::ensureRunning);
                } catch (RuntimeException e) {
                    server.close();
                    throw e;
                }
            }
            case StoreSettings.Source.External external ->
                open(Optional.empty(), external.jdbcUrl(), external.user(), external.password(), settings, () -> {});
        };
    }

    private static Store open(
            Optional<DatabaseServer> server,
            String jdbcUrl,
            String user,
            String password,
            StoreSettings settings,
            Runnable beforeRetry) {
        Database database = Database.open(jdbcUrl, user, password, settings.maxConnections(), beforeRetry);
        try {
            return new Store(server, database, settings);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Observations as they were received. */
    public History history() {
        return history;
    }

    /** What the folds of the sites found. */
    public IncidentStore incidents() {
        return incidents;
    }

    /** Incidents of several sites or kinds that are held to be coordinated. */
    public CampaignStore campaigns() {
        return campaigns;
    }

    /** Refused payloads. */
    public QuarantineStore quarantine() {
        return quarantine;
    }

    /** How far readers of the log have come. */
    public LogProgressStore progress() {
        return progress;
    }

    /** The people who may sign in. */
    public Users users() {
        return users;
    }

    /** Who is signed in. */
    public Sessions sessions() {
        return sessions;
    }

    /** Sign-ins with an identity provider that were begun. */
    public SignInsUnderWay signIns() {
        return signIns;
    }

    /** Devices and their credentials. */
    public Devices devices() {
        return devices;
    }

    /** The server of our own, if there is one. */
    public Optional<DatabaseServer> findServer() {
        return server;
    }

    /** What is wrong with the database at this moment, for people; empty if it answers. */
    public Optional<String> findProblem() {
        try {
            database.read("answering at all", connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("SELECT 1")) {
                    return row.next();
                }
            });
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Closes all connections, and stops the server if it is our own. */
    @Override
    public void close() {
        devices.close();
        database.close();
        server.ifPresent(DatabaseServer::close);
    }
}
