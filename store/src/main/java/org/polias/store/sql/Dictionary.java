// SPDX-License-Identifier: Apache-2.0
package org.polias.store.sql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.polias.model.id.TenantId;

/** Names of one kind as small numbers. A name keeps its number for ever. */
public final class Dictionary {

    /** A name, which is a tenant's own. */
    public record Name(TenantId tenant, String name) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : name.compareTo(other.name);
        }
    }

    private final Database database;
    private final String table;
    private final Map<Name, Integer> numbers = new ConcurrentHashMap<>();

    /** @param table a table of {@code number}, {@code tenant}, {@code name} */
    public Dictionary(Database database, String table) {
        this.database = database;
        this.table = table;
    }

    /** Numbers the names that have no number yet. In a transaction of its own, so that a number that was given stays. */
    public void prepare(Collection<Name> names) {
        SortedSet<Name> unknown = new TreeSet<>();
        for (Name name : names) {
            if (!numbers.containsKey(name)) {
                unknown.add(name);
            }
        }
        if (!unknown.isEmpty()) {
            numbers.putAll(database.transact("numbering names in " + table, connection -> number(connection, unknown)));
        }
    }

    /**
     * The number of a name that was {@linkplain #prepare prepared}.
     *
     * @throws IllegalStateException if it was not
     */
    public int numberOf(TenantId tenant, String name) {
        Integer number = numbers.get(new Name(tenant, name));
        if (number == null) {
            throw new IllegalStateException("The name '%s' of %s has no number in %s.".formatted(name, tenant, table));
        }
        return number;
    }

    private Map<Name, Integer> number(Connection connection, SortedSet<Name> names) throws SQLException {
        Array tenants = connection.createArrayOf(
                "text", names.stream().map(name -> name.tenant().value()).toArray());
        Array texts =
                connection.createArrayOf("text", names.stream().map(Name::name).toArray());
        Map<Name, Integer> found = find(connection, tenants, texts);
        if (found.size() < names.size()) {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO %s (tenant, name)".formatted(table)
                    + " SELECT n.tenant, n.name FROM unnest(?, ?) AS n (tenant, name)"
                    + " WHERE NOT EXISTS (SELECT FROM %s t WHERE t.tenant = n.tenant AND t.name = n.name)"
                            .formatted(table)
                    + " ORDER BY 1, 2 ON CONFLICT DO NOTHING")) {
                insert.setArray(1, tenants);
                insert.setArray(2, texts);
                insert.executeUpdate();
            }
            found = find(connection, tenants, texts);
        }
        return found;
    }

    private Map<Name, Integer> find(Connection connection, Array tenants, Array texts) throws SQLException {
        Map<Name, Integer> found = new ConcurrentHashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT t.tenant, t.name, t.number FROM %s t".formatted(table)
                        + " JOIN unnest(?, ?) AS n (tenant, name) ON t.tenant = n.tenant AND t.name = n.name")) {
            query.setArray(1, tenants);
            query.setArray(2, texts);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(new Name(new TenantId(rows.getString(1)), rows.getString(2)), rows.getInt(3));
                }
            }
        }
        return found;
    }
}
