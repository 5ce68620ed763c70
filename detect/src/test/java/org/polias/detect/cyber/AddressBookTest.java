// SPDX-License-Identifier: Apache-2.0
package org.polias.detect.cyber;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.polias.detect.TestSite;
import org.polias.detect.Watched;
import org.polias.detect.settings.SiteIndex;

import static org.assertj.core.api.Assertions.assertThat;

class AddressBookTest {

    private final AddressBook book = AddressBook.of(new SiteIndex(new TestSite()
            .asset("office", "10.20.0.0/16", "2a03:b0c0:2:d0::/64")
            .asset("server", "10.20.0.5")
            .asset("unreadable", "server.example", "10.0.0.0/33", "10.0.0.0/-1", "")
            .definition()));

    private Optional<String> find(String address) {
        return book.find(address).map(Watched::id);
    }

    @Test
    void anAddressBelongsToTheNarrowestNetworkThatHasIt() {
        assertThat(find("10.20.0.5")).contains("server");
        assertThat(find("10.20.0.6")).contains("office");
        assertThat(find("10.21.0.6")).isEmpty();
        assertThat(find("::ffff:10.20.0.5")).contains("server");
    }

    @Test
    void longAndShortFormsOfIpv6AreTheSame() {
        assertThat(find("2a03:b0c0:0002:00d0:0000:0000:0bd3:4001")).contains("office");
        assertThat(find("2a03:b0c0:2:d0::bd3:4001")).contains("office");
        assertThat(find("2a03:b0c0:2:d1::bd3:4001")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2..3",
                "1.2.3.4x",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "g::",
                "1:",
                "::1.2.3",
                "1.2.3.-4",
                "99999999999.1.1.1"
            })
    void whatIsNoAddressIsNotRead(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void theFormsOfIpv6AreRead() {
        assertThat(IpAddress.parse("::")).contains(new IpAddress(0, 0));
        assertThat(IpAddress.parse("::1")).contains(new IpAddress(0, 1));
        assertThat(IpAddress.parse("1::")).contains(new IpAddress(1L << 48, 0));
        assertThat(IpAddress.parse("1:2:3:4:5:6:7:8"))
                .contains(new IpAddress(0x0001000200030004L, 0x0005000600070008L));
        assertThat(IpAddress.parse("1:2::7:8")).contains(new IpAddress(0x0001000200000000L, 0x0000000000070008L));
        assertThat(IpAddress.parse("64:ff9b::192.0.2.33"))
                .contains(new IpAddress(0x0064ff9b00000000L, 0x00000000c0000221L));
    }

    @ParameterizedTest
    @CsvSource({
        "0000:0000:0000:0000:0000:0000:0000:0001, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "fe80:0:0:0:0:0:0:0, fe80::",
        "::ffff:0506:0708, 5.6.7.8",
        "010.1.2.3, 10.1.2.3"
    })
    void anAddressIsWrittenInOneWay(String text, String canonical) {
        assertThat(IpAddress.parse(text).map(IpAddress::text)).contains(canonical);
    }
}
