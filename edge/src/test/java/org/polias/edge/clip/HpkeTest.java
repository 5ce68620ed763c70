// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.HexFormat;

import javax.crypto.AEADBadTagException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** RFC 9180, appendix A.1.1: base mode of DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM. */
class HpkeTest {

    private static final byte[] INFO = hex("4f6465206f6e2061204772656369616e2055726e");
    private static final byte[] EPHEMERAL = hex("52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736");
    private static final byte[] ENC = hex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
    private static final byte[] RECIPIENT = hex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
    private static final byte[] RECIPIENT_PUBLIC =
            hex("3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d");
    private static final byte[] TEXT = hex("4265617574792069732074727574682c20747275746820626561757479");
    private static final byte[] ASSOCIATED = hex("436f756e742d30");
    private static final byte[] CIPHERTEXT =
            hex("f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a");

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void itSealsAsTheStandardSays() throws Exception {
        KeyPair recipient = X25519.pair(RECIPIENT);
        assertThat(X25519.encode(recipient.getPublic())).isEqualTo(RECIPIENT_PUBLIC);
        Hpke.Sealed sealed = new Hpke(16).seal(recipient.getPublic(), X25519.pair(EPHEMERAL), INFO, ASSOCIATED, TEXT);
        assertThat(sealed.enc()).isEqualTo(ENC);
        assertThat(sealed.ciphertext()).isEqualTo(CIPHERTEXT);
        assertThat(new Hpke(16).open(ENC, recipient, INFO, ASSOCIATED, CIPHERTEXT))
                .isEqualTo(TEXT);
    }

    @Test
    void withALongerKeyItIsAnotherSuiteAndOpensForItsRecipientAlone() throws Exception {
        Hpke hpke = new Hpke(32);
        KeyPair recipient = X25519.generate();
        byte[] text = "what was heard".getBytes(StandardCharsets.UTF_8);
        Hpke.Sealed sealed = hpke.seal(recipient.getPublic(), X25519.generate(), INFO, ASSOCIATED, text);
        assertThat(hpke.open(sealed.enc(), recipient, INFO, ASSOCIATED, sealed.ciphertext()))
                .isEqualTo(text);
        assertThatThrownBy(() -> hpke.open(sealed.enc(), X25519.generate(), INFO, ASSOCIATED, sealed.ciphertext()))
                .isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> hpke.open(sealed.enc(), recipient, INFO, TEXT, sealed.ciphertext()))
                .isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> new Hpke(16).open(sealed.enc(), recipient, INFO, ASSOCIATED, sealed.ciphertext()))
                .isInstanceOf(AEADBadTagException.class);
    }
}
