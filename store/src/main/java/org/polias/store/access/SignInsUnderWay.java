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
 * Sign-ins with an identity provider that were begun, for {@link #PATIENCE}. Whichever process the browser comes back to can complete
 * one, once. Thread-safe.
 */
public final class SignInsUnderWay {

    /** How long a sign-in may take. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int MAX_UNDER_WAY = 10_000;

    private final Database database;
    private final InstantSource clock;

    public SignInsUnderWay(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What is needed to complete a sign-in.
     *
     * @param nonce that the provider's token must carry
     * @param verifier the proof that who completes it is who began it (PKCE, RFC 7636)
     */
    public record UnderWay(String nonce, String verifier) {}

    /**
     * Keeps a sign-in.
     *
     * @param state by which it is found again; a secret, of which only a hash is kept
     * @return false if too many are under way
     */
    public boolean begin(String state, UnderWay underWay) {
        Instant now = clock.instant();
        return database.transact("beginning a sign-in", connection -> {
            try (PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM sign_in_under_way WHERE since < ?");
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO sign_in_under_way (state_hash, nonce, verifier, since)"
                                    + " SELECT ?, ?, ?, ? WHERE (SELECT count(*) FROM sign_in_under_way) < ?")) {
                delete.setObject(1, Times.parameter(now.minus(PATIENCE)));
                delete.executeUpdate();
                insert.setBytes(1, Secrets.hash(state));
                insert.setString(2, underWay.nonce());
                insert.setString(3, underWay.verifier());
                insert.setObject(4, Times.parameter(now));
                insert.setInt(5, MAX_UNDER_WAY);
                return insert.executeUpdate() == 1;
            }
        });
    }

    /** The sign-in with this state, if it was begun and not too long ago. It is there once. */
    public Optional<UnderWay> take(String state) {
        Instant earliest = clock.instant().minus(PATIENCE);
        return database.transact("completing a sign-in", connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM sign_in_under_way WHERE state_hash = ? RETURNING nonce, verifier, since >= ?")) {
                delete.setBytes(1, Secrets.hash(state));
                delete.setObject(2, Times.parameter(earliest));
                try (ResultSet row = delete.executeQuery()) {
                    return row.next() && row.getBoolean(3)
                            ? Optional.of(new UnderWay(row.getString(1), row.getString(2)))
                            : Optional.empty();
                }
            }
        });
    }
}
