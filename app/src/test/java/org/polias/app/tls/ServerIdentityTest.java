// SPDX-License-Identifier: Apache-2.0
package org.polias.app.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerIdentityTest {

    private static final Instant NOW = Instant.now();

    private Path folder;
    private TestCertificate rsa;
    private TestCertificate ec;

    @BeforeAll
    void make(@TempDir Path work) {
        folder = work;
        rsa = TestCertificate.make(folder, "rsa", "RSA");
        ec = TestCertificate.make(folder, "ec", "EC");
    }

    @Test
    void certificateAndKeyThatBelongTogetherAreTaken() {
        for (TestCertificate each : new TestCertificate[] {rsa, ec}) {
            ServerIdentity identity = ServerIdentity.read(each.certificate(), each.key(), NOW);

            assertThat(identity.warnings()).isEmpty();
            assertThat(identity.certificate()).isEqualTo(each.shown());
            assertThat(identity.serverContext()).isNotNull();
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() {
        assertThatThrownBy(() -> ServerIdentity.read(rsa.certificate(), ec.key(), NOW))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("ec.key does not belong to the certificate in")
                .hasMessageContaining("CN=rsa")
                .hasMessageContaining("Maybe");
    }

    @Test
    void aChainInTheWrongOrderIsRefusedForThat() throws IOException {
        Path chain = Files.writeString(
                folder.resolve("chain.pem"), Files.readString(ec.certificate()) + Files.readString(rsa.certificate()));

        assertThatThrownBy(() -> ServerIdentity.read(chain, rsa.key(), NOW))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("is not the first");
        assertThat(ServerIdentity.read(chain, ec.key(), NOW).certificate()).isEqualTo(ec.shown());
    }

    @Test
    void allThatIsWrongWithBothFilesIsSaidAtOnce() throws IOException {
        Path letter = Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam");

        assertThatThrownBy(() -> ServerIdentity.read(letter, folder.resolve("nowhere.key"), NOW))
                .isInstanceOf(TlsFault.class)
                .hasMessageContaining("There is no certificate in " + letter)
                .hasMessageContaining("nowhere.key cannot be read");
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        Path certificate = Files.writeString(
                folder.resolve("damaged.pem"), TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        Path key =
                Files.writeString(folder.resolve("damaged.key"), TestCertificate.pem("PRIVATE KEY", new byte[] {1, 2}));

        assertThatThrownBy(() -> ServerIdentity.read(certificate, key, NOW))
                .hasMessageContaining("The certificate number 1 in " + certificate)
                .hasMessageContaining("The key in %s cannot be read".formatted(key));
    }

    @Test
    void aKeyOfAnotherKindIsRefusedWithHowToConvertIt() throws IOException {
        for (String kind : new String[] {"EC PRIVATE KEY", "RSA PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
            Path key = Files.writeString(folder.resolve("other.key"), TestCertificate.pem(kind, new byte[] {1}));

            assertThatThrownBy(() -> ServerIdentity.read(ec.certificate(), key, NOW))
                    .hasMessageContaining("is of the kind '%s'".formatted(kind))
                    .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + key);
        }
    }

    @Test
    void aCertificateThatIsTooOldOrTooYoungIsTakenWithAWarning() {
        Instant start = ec.shown().getNotBefore().toInstant();
        Instant end = ec.shown().getNotAfter().toInstant();

        assertThat(ServerIdentity.read(ec.certificate(), ec.key(), end.plusSeconds(1))
                        .warnings())
                .singleElement()
                .asString()
                .contains("CN=ec", "expired at");
        assertThat(ServerIdentity.read(ec.certificate(), ec.key(), start.minusSeconds(1))
                        .warnings())
                .singleElement()
                .asString()
                .contains("is valid only from");
        assertThat(ServerIdentity.read(ec.certificate(), ec.key(), end.minus(Duration.ofDays(3)))
                        .warnings())
                .singleElement()
                .asString()
                .contains("expires at");
    }

    @Test
    void aKeyThatEverybodyCanReadIsTakenWithAWarning() throws IOException {
        Path key = Files.copy(ec.key(), folder.resolve("open.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(ServerIdentity.read(ec.certificate(), key, NOW).warnings())
                .singleElement()
                .asString()
                .contains("can be read by everyone", "chmod 600");
    }
}
