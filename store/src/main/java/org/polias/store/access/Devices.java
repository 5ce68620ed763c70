// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.polias.model.id.DeviceId;
import org.polias.model.id.SiteId;
import org.polias.model.id.SiteKey;
import org.polias.model.id.TenantId;
import org.polias.model.port.Registry;
import org.polias.model.port.Registry.Device;
import org.polias.store.StoreException;
import org.polias.store.sql.Database;
import org.polias.store.sql.Times;

/**
 * Devices and their credentials: the half of {@link Registry} that is about devices. A device's id is unique over all tenants,
 * since it says nothing but its id when it signs in.
 *
 * <p>All devices are held in memory, so that {@link #authenticate} asks no database. Changes made through this object hold when
 * the call returns; those of other processes on the same database within {@link #POLL_INTERVAL}. Thread-safe.
 */
public final class Devices implements AutoCloseable {

    /** How often other processes' changes are looked for. */
    public static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(Devices.class.getName());

    private final Database database;
    private final InstantSource clock;
    private final Map<String, Credentials> known = new ConcurrentHashMap<>();
    private final List<Registry.RevocationListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock refreshing = new ReentrantLock();
    private final Thread poller;
    private final byte[] nobody = Secrets.hash(Secrets.random());
    private long revision = -1;
    private volatile boolean closed;

    public Devices(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        refresh();
        this.poller = Thread.ofVirtual().name("polias-devices").start(this::poll);
    }

    /**
     * Registers a device.
     *
     * @param site the only site for which it may report; absent: all of its tenant's
     * @return the device with its secret; empty if the id is taken
     * @throws IllegalArgumentException if the site is another tenant's
     */
    public Optional<IssuedDevice> create(TenantId tenant, DeviceId id, Optional<SiteKey> site) {
        if (site.isPresent() && !site.get().tenant().equals(tenant)) {
            throw new IllegalArgumentException(
                    "The device %s of %s cannot report for %s.%nMaybe choose a site of its own tenant."
                            .formatted(id, tenant, site.get()));
        }
        String secret = Secrets.random();
        boolean created = database.transact("registering device " + id, connection -> {
            long next = nextRevision(connection);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO device (id, tenant, site, secret_hash, created_at, revision)"
                            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, id.value());
                insert.setString(2, tenant.value());
                insert.setString(3, site.map(key -> key.site().value()).orElse(null));
                insert.setBytes(4, Secrets.hash(secret));
                insert.setObject(5, Times.parameter(clock.instant()));
                insert.setLong(6, next);
                return insert.executeUpdate() == 1;
            }
        });
        refresh();
        return created ? Optional.of(new IssuedDevice(new Device(id, tenant, site), secret)) : Optional.empty();
    }

    /**
     * Gives the tenant's device a new secret, and lets it in again if it was revoked. The old secret is worth nothing any more.
     *
     * @return empty if the tenant has no such device
     */
    public Optional<IssuedDevice> renewSecret(TenantId tenant, DeviceId id) {
        String secret = Secrets.random();
        boolean renewed = change("renewing the secret of device " + id, connection -> {
            long next = nextRevision(connection);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE device SET secret_hash = ?, revoked_at = NULL, revision = ? WHERE tenant = ? AND id = ?")) {
                update.setBytes(1, Secrets.hash(secret));
                update.setLong(2, next);
                update.setString(3, tenant.value());
                update.setString(4, id.value());
                return update.executeUpdate() == 1;
            }
        });
        return renewed ? find(tenant, id).map(entry -> new IssuedDevice(entry.device(), secret)) : Optional.empty();
    }

    /**
     * Lets a device of the tenant in no more.
     *
     * @return false if the tenant has no such device, or it is revoked already
     */
    public boolean revoke(TenantId tenant, DeviceId id) {
        return change("revoking device " + id, connection -> {
            long next = nextRevision(connection);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE device SET revoked_at = ?, revision = ? WHERE tenant = ? AND id = ? AND revoked_at IS NULL")) {
                update.setObject(1, Times.parameter(clock.instant()));
                update.setLong(2, next);
                update.setString(3, tenant.value());
                update.setString(4, id.value());
                return update.executeUpdate() == 1;
            }
        });
    }

    /** The tenant's device with this id, also if it is revoked. */
    public Optional<DeviceEntry> find(TenantId tenant, DeviceId id) {
        return Optional.ofNullable(known.get(id.value()))
                .map(Credentials::entry)
                .filter(entry -> entry.device().tenant().equals(tenant));
    }

    /** The tenant's devices by id, also those that are revoked. */
    public List<DeviceEntry> list(TenantId tenant) {
        return known.values().stream()
                .map(Credentials::entry)
                .filter(entry -> entry.device().tenant().equals(tenant))
                .sorted((a, b) -> a.device().id().compareTo(b.device().id()))
                .toList();
    }

    /** @see Registry#authenticate */
    public Optional<Device> authenticate(String device, String secret) {
        @Nullable Credentials credentials = known.get(device);
        boolean matches =
                MessageDigest.isEqual(credentials == null ? nobody : credentials.secretHash(), Secrets.hash(secret));
        return credentials != null && matches && credentials.entry().revokedAt().isEmpty()
                ? Optional.of(credentials.entry().device())
                : Optional.empty();
    }

    /** @see Registry#onDeviceRevoked */
    public void onDeviceRevoked(Registry.RevocationListener listener) {
        listeners.add(listener);
    }

    /** Stops looking for other processes' changes. */
    @Override
    public void close() {
        closed = true;
        poller.interrupt();
    }

    private record Credentials(DeviceEntry entry, byte[] secretHash) {}

    private boolean change(String doing, Database.Work<Boolean> work) {
        boolean changed = database.transact(doing, work);
        refresh();
        return changed;
    }

    /** The number of this change. Locks out other changes until the transaction ends. */
    private static long nextRevision(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                        "UPDATE device_revision SET revision = revision + 1 RETURNING revision");
                ResultSet row = update.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void poll() {
        boolean failing = false;
        while (!closed) {
            try {
                Thread.sleep(POLL_INTERVAL);
                refresh();
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (StoreException e) {
                if (!failing && !closed) {
                    LOG.log(Level.WARNING, "Changes of devices cannot be looked for: {0}", e.getMessage());
                }
                failing = true;
            }
        }
    }

    /** Takes over all that changed since the last time, and tells the listeners whose credentials are not worth anything now. */
    private void refresh() {
        List<DeviceId> revoked = new ArrayList<>();
        refreshing.lock();
        try {
            for (Change change : changesSince(revision)) {
                @Nullable
                Credentials before =
                        known.put(change.credentials().entry().device().id().value(), change.credentials());
                if (before != null
                        && before.entry().revokedAt().isEmpty()
                        && (change.credentials().entry().revokedAt().isPresent()
                                || !Arrays.equals(
                                        before.secretHash(),
                                        change.credentials().secretHash()))) {
                    revoked.add(change.credentials().entry().device().id());
                }
                revision = Math.max(revision, change.revision());
            }
        } finally {
            refreshing.unlock();
        }
        for (DeviceId device : revoked) {
            for (Registry.RevocationListener listener : listeners) {
                listener.revoked(device);
            }
        }
    }

    private record Change(long revision, Credentials credentials) {}

    private List<Change> changesSince(long since) {
        return database.read("looking for changes of devices", connection -> {
            List<Change> changes = new ArrayList<>();
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT * FROM device WHERE revision > ? ORDER BY revision")) {
                query.setLong(1, since);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        changes.add(new Change(row.getLong("revision"), read(row)));
                    }
                }
            }
            return changes;
        });
    }

    private static Credentials read(ResultSet row) throws SQLException {
        TenantId tenant = new TenantId(row.getString("tenant"));
        Optional<SiteKey> site =
                Optional.ofNullable(row.getString("site")).map(name -> new SiteKey(tenant, new SiteId(name)));
        Optional<Instant> revokedAt = Optional.ofNullable(row.getObject("revoked_at", OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
        return new Credentials(
                new DeviceEntry(
                        new Device(new DeviceId(row.getString("id")), tenant, site),
                        Times.read(row, "created_at"),
                        revokedAt),
                row.getBytes("secret_hash"));
    }
}
