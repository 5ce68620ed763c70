// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.polias.store.StoreException;
import org.polias.store.StoreException.Category;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.exceptionsorter.PostgreSQLExceptionSorter;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;

/** A pool of connections to one database whose schema is ours. Thread-safe, and at ease with virtual threads. */
public final class Database implements AutoCloseable {

    /** Under this name our sessions are known to the server. */
    public static final String APPLICATION = "polias";

    /** In their order. Listed, since finding them by scanning the class path takes longer than running them. */
    private static final List<String> MIGRATIONS = List.of(
            "V1__log_progress.sql",
            "V2__history.sql",
            "V3__incidents.sql",
            "V4__quarantine.sql",
            "V5__access.sql",
            "V6__retention_by_arrival.sql",
            "V7__sign_ins_under_way.sql",
            "V8__campaigns.sql");

    private static final String HISTORY = "schema_history";
    private static final String MIGRATION_FOLDER = "org/polias/store/migration/";

    private final AgroalDataSource pool;
    private final Runnable beforeRetry;

    private Database(AgroalDataSource pool, Runnable beforeRetry) {
        this.pool = pool;
        this.beforeRetry = beforeRetry;
    }

    /**
     * Connects, and brings the schema up to date.
     *
     * @param beforeRetry is run when no connection could be had, before another attempt: what may bring the database back
     * @throws StoreException if the database cannot be reached or its schema cannot be brought up to date
     */
    public static Database open(
            String jdbcUrl, String user, String password, int maxConnections, Runnable beforeRetry) {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.initialSize(1)
                        .minSize(1)
                        .maxSize(maxConnections)
                        .acquisitionTimeout(Duration.ofSeconds(10))
                        .validateOnBorrow(true)
                        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(5))
                        .exceptionSorter(new PostgreSQLExceptionSorter())
                        .reapTimeout(Duration.ofMinutes(5))
                        .connectionFactoryConfiguration(factory -> factory.jdbcUrl(jdbcUrl)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(password))
                                .trackJdbcResources(false)
                                .loginTimeout(Duration.ofSeconds(10))
                                .jdbcProperty("ApplicationName", APPLICATION)
                                .jdbcProperty("tcpKeepAlive", "true")
                                .jdbcProperty("connectTimeout", "5")
                                .jdbcProperty("socketTimeout", "300")
                                // Details repeat values of rows, which have no business in logs.
                                .jdbcProperty("logServerErrorDetail", "false")));
        AgroalDataSource pool;
        try {
            pool = AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw StoreException.of("connecting to " + jdbcUrl, e);
        }
        Database database = new Database(pool, beforeRetry);
        try {
            database.<Boolean>read("connecting to " + jdbcUrl, connection -> connection.isValid(10));
            database.migrate();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Runs {@code work} outside of a transaction: each of its statements is one.
     *
     * @param doing what it does, for the message if it fails: "listing incidents"
     * @throws StoreException if the database fails
     */
    public <T extends @Nullable Object> T read(String doing, Work<T> work) {
        try (Connection connection = connection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw StoreException.of(doing, e);
        }
    }

    /**
     * Runs {@code work} in one transaction, all or nothing, and returns when it is durable.
     *
     * @throws StoreException if the database fails
     */
    public <T extends @Nullable Object> T transact(String doing, Work<T> work) {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.with(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollBack(connection);
                }
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        } catch (SQLException e) {
            throw StoreException.of(doing, e);
        }
    }

    /** How many connections are in use at this moment. */
    public long activeConnections() {
        return pool.getMetrics().activeCount();
    }

    @Override
    public void close() {
        pool.close();
    }

    private Connection connection() throws SQLException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            if (StoreException.of("connecting", e).category() != Category.TRY_AGAIN) {
                throw e;
            }
            beforeRetry.run();
            try {
                return pool.getConnection();
            } catch (SQLException again) {
                again.addSuppressed(e);
                throw again;
            }
        }
    }

    private static void rollBack(Connection connection) {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            // The connection is broken, and with it its transaction; what broke it is thrown already.
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.DEBUG, "A transaction could not be rolled back: {0}", e.getMessage());
        }
    }

    /** Flyway takes longer to load than to find that there is nothing to do, so that is found out without it. */
    private boolean isUpToDate() {
        return this.<Boolean>read("reading the version of the schema", connection -> {
            try (Statement statement = connection.createStatement()) {
                try (ResultSet row = statement.executeQuery("SELECT to_regclass('%s') IS NULL".formatted(HISTORY))) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return false;
                    }
                }
                try (ResultSet rows = statement.executeQuery(
                        "SELECT script FROM %s WHERE success AND version IS NOT NULL ORDER BY installed_rank"
                                .formatted(HISTORY))) {
                    List<String> applied = new ArrayList<>();
                    while (rows.next()) {
                        applied.add(rows.getString(1));
                    }
                    return applied.equals(MIGRATIONS);
                }
            }
        });
    }

    private void migrate() {
        if (isUpToDate()) {
            return;
        }
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .resourceProvider(new MigrationFiles())
                    .javaMigrationClassProvider(List::of)
                    .table(HISTORY)
                    // A schema of a later release is not ours to write to.
                    .ignoreMigrationPatterns(new String[0])
                    .communityDBSupportEnabled(false)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new StoreException(
                    Category.NEEDS_ATTENTION,
                    "The schema of the database cannot be brought up to date: %s%nMaybe the database was used by a newer version, or the user may not create tables."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private static final class MigrationFiles implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return MIGRATIONS.stream()
                    .filter(file -> name.equals(file) || name.equals(MIGRATION_FOLDER + file))
                    .findFirst()
                    .map(MigrationFile::new)
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return MIGRATIONS.stream()
                    .filter(file -> file.startsWith(prefix))
                    .filter(file -> List.of(suffixes).stream().anyMatch(file::endsWith))
                    .<LoadableResource>map(MigrationFile::new)
                    .toList();
        }
    }

    private static final class MigrationFile extends LoadableResource {

        private final String name;

        private MigrationFile(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            return new InputStreamReader(
                    Objects.requireNonNull(
                            Database.class.getClassLoader().getResourceAsStream(MIGRATION_FOLDER + name), name),
                    StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return MIGRATION_FOLDER + name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return MIGRATION_FOLDER + name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
