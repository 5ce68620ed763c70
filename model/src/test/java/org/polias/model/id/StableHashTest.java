// SPDX-License-Identifier: Apache-2.0
package org.polias.model.id;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StableHashTest {

    @Test
    void theHashOfKnownInputNeverChanges() {
        // Ids of stored incidents derive from it: these values are a promise, not a choice.
        assertThat(new StableHash().value()).isEqualTo(0xefd01f60ba992926L);
        assertThat(new StableHash().add("pilsen").add(42L).add(1.5).base32()).isEqualTo("0R51E1X45FR8N");
    }

    private static final String EXPECTED =
            new StableHash().add("pilsen").add(42L).add(1.5).base32();

    @Test
    void partsAreKeptApart() {
        assertThat(new StableHash().add("ab").add("c").value())
                .isNotEqualTo(new StableHash().add("a").add("bc").value());
    }

    @Test
    void negativeZeroCountsAsZero() {
        assertThat(new StableHash().add(-0.0).value())
                .isEqualTo(new StableHash().add(0.0).value());
    }

    @Test
    void anIdentifierIsASlug() {
        assertThat(new DatastreamId("mic-3.level_A:1").value()).isEqualTo("mic-3.level_A:1");
        for (String bad : new String[] {"", "-mic", "a b", "a/b", "ž", "a".repeat(129), "a\u0000"}) {
            assertThatThrownBy(() -> new DatastreamId(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("datastream id")
                    .hasMessageContaining("Maybe");
        }
    }

    @Test
    void aSiteKeyReadsWhatItWrites() {
        SiteKey key = new SiteKey(new TenantId("pilsen"), new SiteId("stadium-district"));
        assertThat(SiteKey.parse(key.text())).isEqualTo(key);
        assertThatThrownBy(() -> SiteKey.parse("pilsen")).hasMessageContaining("no '/'");
    }
}
