// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.polias.model.id.TenantId;
import org.polias.store.sql.Database;
import org.polias.store.sql.Text;
import org.polias.store.sql.Times;

/** The people who may sign in. Whatever takes a right away ends the user's sessions in the same transaction. Thread-safe. */
public final class Users {

    private static final Pattern LOGIN = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,127}");
    private static final int MAX_NAME_LENGTH = 200;

    private final Database database;
    private final InstantSource clock;
    private final PasswordHash nobody = PasswordHash.unmatchable();

    public Users(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Adds a user who signs in with a password.
     *
     * @return the user; empty if the login is taken
     * @throws IllegalArgumentException if login, name or password are not allowed; the message is for people
     */
    public Optional<User> create(TenantId tenant, String login, String name, Set<Role> roles, String password) {
        String key = requireLogin(login);
        requirePassword(key, password);
        return insert(
                new User(key, tenant, requireName(name), roles, true, false), Optional.of(PasswordHash.of(password)));
    }

    /**
     * Adds or updates a user who signs in elsewhere and was vouched for there. A user with a password here is never changed
     * by this.
     *
     * @return the user; empty if the login belongs to another tenant's user or to one who has a password here
     * @throws IllegalArgumentException if login or name are not allowed
     */
    public Optional<User> provision(TenantId tenant, String login, String name, Set<Role> roles) {
        User user = new User(requireLogin(login), tenant, requireName(name), roles, false, false);
        Optional<User> added = insert(user, Optional.empty());
        if (added.isPresent()) {
            return added;
        }
        return database.transact("updating user " + user.login(), connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE platform_user SET name = ?, roles = ?"
                    + " WHERE login = ? AND tenant = ? AND password_hash IS NULL RETURNING *")) {
                update.setString(1, user.name());
                update.setArray(2, connection.createArrayOf("text", codes(user.roles())));
                update.setString(3, user.login());
                update.setString(4, tenant.value());
                try (ResultSet row = update.executeQuery()) {
                    return row.next() ? Optional.of(read(row)) : Optional.empty();
                }
            }
        });
    }

    /**
     * The user with this login if {@code password} is theirs and they are not disabled. It takes as long for a user that does
     * not exist, so that nobody can find out who does. Slow by design: do not call it on an event loop.
     */
    public Optional<User> verify(String login, String password) {
        if (password.length() > 4 * PasswordPolicy.MAX_LENGTH) {
            return Optional.empty();
        }
        Optional<Credentials> found = findCredentials(normalise(login));
        PasswordHash hash = found.flatMap(Credentials::hash).orElse(nobody);
        boolean matches = hash.matches(password);
        Optional<User> user = found.map(Credentials::user).filter(u -> matches && !u.disabled());
        if (user.isPresent() && hash.isWeak()) {
            replaceHash(user.get(), PasswordHash.of(password));
        }
        return user;
    }

    /**
     * Gives the tenant's user a new password. Their sessions end.
     *
     * @return false if the tenant has no such user with a password
     * @throws IllegalArgumentException if the password is not allowed
     */
    public boolean changePassword(TenantId tenant, String login, String password) {
        String key = normalise(login);
        requirePassword(key, password);
        PasswordHash hash = PasswordHash.of(password);
        return database.transact("changing the password of " + key, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE platform_user SET salt = ?, iterations = ?,"
                            + " password_hash = ? WHERE tenant = ? AND login = ? AND password_hash IS NOT NULL")) {
                update.setBytes(1, hash.salt());
                update.setInt(2, hash.iterations());
                update.setBytes(3, hash.hash());
                update.setString(4, tenant.value());
                update.setString(5, key);
                return endSessionsIf(update.executeUpdate() == 1, connection, key);
            }
        });
    }

    /**
     * Gives the tenant's user these roles instead of those they have. They hold at once, in open sessions too.
     *
     * @return false if the tenant has no such user
     */
    public boolean changeRoles(TenantId tenant, String login, Set<Role> roles) {
        String key = normalise(login);
        return database.transact("changing the roles of " + key, connection -> {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE platform_user SET roles = ? WHERE tenant = ? AND login = ?")) {
                update.setArray(1, connection.createArrayOf("text", codes(roles)));
                update.setString(2, tenant.value());
                update.setString(3, key);
                return update.executeUpdate() == 1;
            }
        });
    }

    /**
     * Lets the tenant's user in no more, and ends their sessions; or lets them in again.
     *
     * @return false if the tenant has no such user
     */
    public boolean setDisabled(TenantId tenant, String login, boolean disabled) {
        String key = normalise(login);
        return database.transact("disabling or enabling " + key, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE platform_user SET disabled = ? WHERE tenant = ? AND login = ?")) {
                update.setBoolean(1, disabled);
                update.setString(2, tenant.value());
                update.setString(3, key);
                boolean found = update.executeUpdate() == 1;
                endSessionsIf(found && disabled, connection, key);
                return found;
            }
        });
    }

    /** The tenant's user with this login. */
    public Optional<User> find(TenantId tenant, String login) {
        return findCredentials(normalise(login)).map(Credentials::user).filter(user -> user.tenant()
                .equals(tenant));
    }

    /** The tenant's users by login, also those who are disabled. */
    public List<User> list(TenantId tenant) {
        return database.read("listing users of " + tenant, connection -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM platform_user WHERE tenant = ? ORDER BY login")) {
                query.setString(1, tenant.value());
                List<User> found = new ArrayList<>();
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        found.add(read(row));
                    }
                }
                return found;
            }
        });
    }

    static User read(ResultSet row) throws SQLException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String code : (String[]) row.getArray("roles").getArray()) {
            Role.find(code).ifPresent(roles::add);
        }
        return new User(
                row.getString("login"),
                new TenantId(row.getString("tenant")),
                row.getString("name"),
                roles,
                row.getBytes("password_hash") != null,
                row.getBoolean("disabled"));
    }

    private record Credentials(User user, Optional<PasswordHash> hash) {}

    private Optional<Credentials> findCredentials(String login) {
        return database.read("reading user " + login, connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT * FROM platform_user WHERE login = ?")) {
                query.setString(1, login);
                try (ResultSet row = query.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    User user = read(row);
                    return Optional.of(new Credentials(
                            user,
                            user.local()
                                    ? Optional.of(new PasswordHash(
                                            row.getBytes("salt"),
                                            row.getInt("iterations"),
                                            row.getBytes("password_hash")))
                                    : Optional.empty()));
                }
            }
        });
    }

    private Optional<User> insert(User user, Optional<PasswordHash> hash) {
        return database.transact("adding user " + user.login(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO platform_user"
                    + " (login, tenant, name, roles, salt, iterations, password_hash, disabled, created_at)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, user.login());
                insert.setString(2, user.tenant().value());
                insert.setString(3, user.name());
                insert.setArray(4, connection.createArrayOf("text", codes(user.roles())));
                if (hash.isPresent()) {
                    insert.setBytes(5, hash.get().salt());
                    insert.setInt(6, hash.get().iterations());
                    insert.setBytes(7, hash.get().hash());
                } else {
                    insert.setNull(5, Types.BINARY);
                    insert.setNull(6, Types.INTEGER);
                    insert.setNull(7, Types.BINARY);
                }
                insert.setBoolean(8, user.disabled());
                insert.setObject(9, Times.parameter(clock.instant()));
                return insert.executeUpdate() == 1 ? Optional.of(user) : Optional.empty();
            }
        });
    }

    private void replaceHash(User user, PasswordHash hash) {
        database.transact("renewing the password hash of " + user.login(), connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE platform_user SET salt = ?, iterations = ?, password_hash = ? WHERE login = ?")) {
                update.setBytes(1, hash.salt());
                update.setInt(2, hash.iterations());
                update.setBytes(3, hash.hash());
                update.setString(4, user.login());
                return update.executeUpdate();
            }
        });
    }

    private static boolean endSessionsIf(boolean ending, Connection connection, String login) throws SQLException {
        if (ending) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM session WHERE login = ?")) {
                delete.setString(1, login);
                delete.executeUpdate();
            }
        }
        return ending;
    }

    private static String[] codes(Set<Role> roles) {
        return roles.stream().map(Role::code).sorted().toArray(String[]::new);
    }

    private static String normalise(String login) {
        return Text.clean(login.strip().toLowerCase(Locale.ROOT));
    }

    private static String requireLogin(String login) {
        String key = normalise(login);
        if (!LOGIN.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "The login '%s' is not allowed.%nMaybe use 1 to 128 letters a to z, digits, '.', '_', '-', '+' or '@', beginning with a letter or digit."
                            .formatted(key.length() > 140 ? key.substring(0, 140) + "..." : key));
        }
        return key;
    }

    private static String requireName(String name) {
        String clean = Text.clean(name.strip());
        if (clean.isEmpty() || clean.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("A user's name of %d characters is not allowed.%nMaybe use 1 to %d."
                    .formatted(clean.length(), MAX_NAME_LENGTH));
        }
        return clean;
    }

    private static void requirePassword(String login, String password) {
        PasswordPolicy.findProblem(login, password).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }
}
