// SPDX-License-Identifier: Apache-2.0
package org.polias.app.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

import org.jspecify.annotations.Nullable;
import org.polias.app.cli.Faults;

/**
 * The certificate that the platform shows to whoever connects over TLS, and the key that proves it is its own.
 */
public final class ServerIdentity {

    /** The versions of TLS that are spoken. Older ones are deprecated (RFC 8996). */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /** Before its certificate ends, whoever runs the platform is told so long. */
    private static final Duration NOTICE = Duration.ofDays(14);

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    /** How a key of each kind signs, to find out whether it belongs to a certificate. */
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN (?<kind>[A-Z0-9 ]+)-----(?<body>.*?)-----END \\k<kind>-----", Pattern.DOTALL);
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final List<X509Certificate> chain;
    private final PrivateKey key;
    private final List<String> warnings;

    private ServerIdentity(List<X509Certificate> chain, PrivateKey key, List<String> warnings) {
        this.chain = List.copyOf(chain);
        this.key = key;
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads an identity.
     *
     * @param certificate a PEM file with the certificate, followed by those that lead from it to an authority
     * @param key a PEM file with the certificate's key, in PKCS#8 and not encrypted
     * @throws TlsFault saying all that is wrong with the files
     */
    public static ServerIdentity read(Path certificate, Path key, Instant now) {
        List<String> problems = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<X509Certificate> chain = readChain(certificate, problems);
        Optional<PrivateKey> found = readKey(key, problems, warnings);
        if (!chain.isEmpty() && found.isPresent() && !belongTogether(chain.getFirst(), found.get())) {
            problems.add(
                    chain.stream().skip(1).anyMatch(other -> belongTogether(other, found.get()))
                            ? "The key in %s belongs to a certificate in %s that is not the first.%nMaybe change their order: the server's own comes first, then the one that signed it."
                                    .formatted(key, certificate)
                            : "The key in %s does not belong to the certificate in %s (%s).%nMaybe one of them is of another server, or was renewed without the other."
                                    .formatted(key, certificate, name(chain.getFirst())));
        }
        if (!problems.isEmpty() || found.isEmpty()) {
            throw new TlsFault(String.join(System.lineSeparator(), problems));
        }
        warnOfAge(certificate, chain.getFirst(), now, warnings);
        return new ServerIdentity(chain, found.get(), warnings);
    }

    /** What whoever runs the platform should know, a sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Shows this identity to everyone, whatever name they ask for. */
    public X509ExtendedKeyManager keyManager() {
        return new Always();
    }

    /** For servers that speak TLS with this identity. */
    public SSLContext serverContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keyManager()}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no TLS.", e);
        }
    }

    private static List<X509Certificate> readChain(Path file, List<String> problems) {
        Optional<String> text = readText("certificate", file, problems);
        if (text.isEmpty()) {
            return List.of();
        }
        List<X509Certificate> chain = new ArrayList<>();
        Matcher blocks = PEM.matcher(text.get());
        while (blocks.find()) {
            if (!blocks.group("kind").endsWith("CERTIFICATE")) {
                continue;
            }
            try {
                chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(decode(blocks.group("body")))));
            } catch (CertificateException | IllegalArgumentException e) {
                problems.add("The certificate number %d in %s cannot be read: %s%nMaybe the file is damaged."
                        .formatted(chain.size() + 1, file, Faults.reason(e)));
                return List.of();
            }
        }
        if (chain.isEmpty()) {
            problems.add(
                    "There is no certificate in %s.%nMaybe it is not PEM: a text with '-----BEGIN CERTIFICATE-----'."
                            .formatted(file));
        }
        return chain;
    }

    private static Optional<PrivateKey> readKey(Path file, List<String> problems, List<String> warnings) {
        Optional<String> text = readText("key", file, problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        warnOfReaders(file, warnings);
        Matcher blocks = PEM.matcher(text.get());
        @Nullable String other = null;
        while (blocks.find()) {
            String kind = blocks.group("kind");
            if (kind.equals("PRIVATE KEY")) {
                return parseKey(file, blocks.group("body"), problems);
            }
            other = kind.endsWith("PRIVATE KEY") ? kind : other;
        }
        problems.add(
                other == null
                        ? "There is no key in %s.%nMaybe it is not PEM: a text with '-----BEGIN PRIVATE KEY-----'."
                                .formatted(file)
                        : "The key in %s is of the kind '%s'; a PKCS#8 key without a password is needed.%nMaybe run 'openssl pkcs8 -topk8 -nocrypt -in %s -out NEW-FILE'."
                                .formatted(file, other, file));
        return Optional.empty();
    }

    private static Optional<PrivateKey> parseKey(Path file, String body, List<String> problems) {
        for (String algorithm : ALGORITHMS) {
            try {
                return Optional.of(
                        KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(decode(body))));
            } catch (InvalidKeySpecException e) {
                // Of another kind: the next may read it.
                continue;
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                break;
            }
        }
        problems.add(
                "The key in %s cannot be read.%nMaybe the file is damaged, or the key is neither RSA, EC nor EdDSA."
                        .formatted(file));
        return Optional.empty();
    }

    private static Optional<String> readText(String what, Path file, List<String> problems) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            problems.add("The TLS %s %s cannot be read: %s%nMaybe it is elsewhere, or belongs to another user."
                    .formatted(what, file, Faults.reason(e)));
            return Optional.empty();
        }
    }

    private static byte[] decode(String body) {
        return Base64.getMimeDecoder().decode(body);
    }

    private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        @Nullable String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null) {
            return false;
        }
        try {
            byte[] something = {1, 2, 3};
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(something);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(something);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // The certificate's key is of another kind.
            return false;
        }
    }

    private static void warnOfAge(Path file, X509Certificate certificate, Instant now, List<String> warnings) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        if (now.isBefore(from)) {
            warnings.add("The TLS certificate in %s (%s) is valid only from %s on: clients will refuse it."
                    .formatted(file, name(certificate), from));
        } else if (now.isAfter(to)) {
            warnings.add("The TLS certificate in %s (%s) expired at %s: clients will refuse it."
                    .formatted(file, name(certificate), to));
        } else if (now.plus(NOTICE).isAfter(to)) {
            warnings.add("The TLS certificate in %s (%s) expires at %s; start again with a new one before that."
                    .formatted(file, name(certificate), to));
        }
    }

    private static void warnOfReaders(Path file, List<String> warnings) {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
                warnings.add("The TLS key %s can be read by everyone on this machine.%nMaybe 'chmod 600 %s'."
                        .formatted(file, file));
            }
        } catch (IOException e) {
            // It was just read; who else may read it is not to be found out, then.
            return;
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** There is one identity; nothing is to be chosen. */
    private final class Always extends X509ExtendedKeyManager {

        private static final String ALIAS = "polias";

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return fits(keyType) ? new String[] {ALIAS} : new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return fits(keyType) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return fits(keyType) ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        /** {@code keyType} may say with what the certificate has to be signed as well: {@code EC_RSA}. */
        private boolean fits(String keyType) {
            String algorithm = key.getAlgorithm();
            Collection<String> names =
                    algorithm.equals("EdDSA") ? List.of("EdDSA", "Ed25519", "Ed448") : List.of(algorithm);
            return names.stream()
                    .anyMatch(
                            name -> Arrays.asList(keyType.split("_")).getFirst().equalsIgnoreCase(name));
        }
    }
}
