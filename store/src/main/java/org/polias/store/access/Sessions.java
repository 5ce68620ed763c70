// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

import org.polias.store.sql.Database;
import org.polias.store.sql.Times;

/**
 * Who is signed in. A session ends after {@link #MAX_IDLE} without a request, after {@link #MAX_AGE} in any case, and when its
 * user is disabled or gets a new password. Thread-safe.
 */
public final class Sessions {

    /** How long a session lasts without being used. */
    public static final Duration MAX_IDLE = Duration.ofHours(8);

    /** How long a session lasts at most. */
    public static final Duration MAX_AGE = Duration.ofHours(24);

    /** How exactly it is recorded when a session was last used; recording each request would cost a write each. */
    private static final Duration GRAIN = Duration.ofMinutes(1);

    private final Database database;
    private final InstantSource clock;

    public Sessions(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Signs a user in.
     *
     * @return the token by which the session is found; it is kept nowhere
     */
    public String create(User user) {
        String token = Secrets.random();
        Instant now = clock.instant();
        database.transact("opening a session for " + user.login(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO session (token_hash, login, created_at, last_seen_at) VALUES (?, ?, ?, ?)")) {
                insert.setBytes(1, Secrets.hash(token));
                insert.setString(2, user.login());
                insert.setObject(3, Times.parameter(now));
                insert.setObject(4, Times.parameter(now));
                return insert.executeUpdate();
            }
        });
        return token;
    }

    /** The user whose session this is, as they are now, if the session has not ended. Finding it counts as using it. */
    public Optional<User> find(String token) {
        byte[] hash = Secrets.hash(token);
        Instant now = clock.instant();
        return database.read("reading a session", connection -> {
            Optional<User> user = Optional.empty();
            boolean stale = false;
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT u.*, s.last_seen_at FROM session s JOIN platform_user u ON u.login = s.login"
                            + " WHERE s.token_hash = ? AND s.created_at > ? AND s.last_seen_at > ? AND NOT u.disabled")) {
                query.setBytes(1, hash);
                query.setObject(2, Times.parameter(now.minus(MAX_AGE)));
                query.setObject(3, Times.parameter(now.minus(MAX_IDLE)));
                try (ResultSet row = query.executeQuery()) {
                    if (row.next()) {
                        user = Optional.of(Users.read(row));
                        stale = Times.read(row, "last_seen_at").isBefore(now.minus(GRAIN));
                    }
                }
            }
            if (stale) {
                try (PreparedStatement update =
                        connection.prepareStatement("UPDATE session SET last_seen_at = ? WHERE token_hash = ?")) {
                    update.setObject(1, Times.parameter(now));
                    update.setBytes(2, hash);
                    update.executeUpdate();
                }
            }
            return user;
        });
    }

    /** Ends a session, if there is one with this token. */
    public void revoke(String token) {
        database.transact("ending a session", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM session WHERE token_hash = ?")) {
                delete.setBytes(1, Secrets.hash(token));
                return delete.executeUpdate();
            }
        });
    }

    /** Ends all sessions of a user. */
    public void revokeAll(User user) {
        database.transact("ending the sessions of " + user.login(), connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM session WHERE login = ?")) {
                delete.setString(1, user.login());
                return delete.executeUpdate();
            }
        });
    }

    /**
     * Forgets sessions that have ended by their age.
     *
     * @return how many
     */
    public int deleteEnded() {
        Instant now = clock.instant();
        return database.transact("forgetting ended sessions", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM session WHERE created_at <= ? OR last_seen_at <= ?")) {
                delete.setObject(1, Times.parameter(now.minus(MAX_AGE)));
                delete.setObject(2, Times.parameter(now.minus(MAX_IDLE)));
                return delete.executeUpdate();
            }
        });
    }
}
