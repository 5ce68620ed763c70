// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

/**
 * Tenant and site: the unit of order, of parallelism and of state. Every record of the log carries it as its key.
 */
public record SiteKey(TenantId tenant, SiteId site) implements Comparable<SiteKey> {

    /** The key as it is written in the log: {@code tenant/site}. */
    public String text() {
        return tenant.value() + '/' + site.value();
    }

    /**
     * Reads the form that {@link #text()} writes.
     *
     * @throws IllegalArgumentException if {@code text} is not of that form
     */
    public static SiteKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("The site key '%s' has no '/' between tenant and site.".formatted(text));
        }
        return new SiteKey(new TenantId(text.substring(0, slash)), new SiteId(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(SiteKey other) {
        int byTenant = tenant.compareTo(other.tenant);
        return byTenant != 0 ? byTenant : site.compareTo(other.site);
    }

    @Override
    public String toString() {
        return text();
    }
}
