// SPDX-License-Identifier: Apache-2.0
package org.polias.app.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} and 127.0.0.1 that signed itself, and its key.
 *
 * @param certificate its PEM file
 * @param key its key's PEM file
 */
public record TestCertificate(Path certificate, Path key, X509Certificate shown) {

    private static final char[] PASSWORD = "changeit".toCharArray();

    /** One that is valid. */
    public static TestCertificate make(Path folder, String name, String algorithm) {
        return make(folder, name, algorithm, "-1d", 30);
    }

    /**
     * Makes one with the JDK's keytool.
     *
     * @param start when it begins to be valid, such as {@code -2d}
     */
    public static TestCertificate make(Path folder, String name, String algorithm, String start, int days) {
        Path store = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-startdate",
                start,
                "-validity",
                Integer.toString(days),
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD)));
        if (algorithm.equals("EC")) {
            command.addAll(List.of("-groupname", "secp256r1"));
        }
        try {
            Process keytool =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes());
            if (keytool.waitFor() != 0) {
                throw new AssertionError("keytool failed: " + said);
            }
            KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD);
            X509Certificate shown = (X509Certificate) made.getCertificate("it");
            Path certificate = folder.resolve(name + ".pem");
            Files.writeString(certificate, pem("CERTIFICATE", shown.getEncoded()));
            Path key = folder.resolve(name + ".key");
            Files.writeString(
                    key, pem("PRIVATE KEY", made.getKey("it", PASSWORD).getEncoded()));
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            return new TestCertificate(certificate, key, shown);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("No certificate could be made.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    static String pem(String kind, byte[] der) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
    }

    /** As a client trusts it that checks names and dates. */
    public TrustManagerFactory trust() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("it", shown);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The same as a context. */
    public SSLContext clientContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
