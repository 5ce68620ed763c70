// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;

/**
 * Keys of clips, as text: the 32 bytes of X25519 in Base64. The public one stands in the city's files; the private one belongs to whoever may
 * listen, and nowhere near the platform.
 */
public final class ClipKeys {

    private static final String OWNER_ONLY = "rw-------";

    private ClipKeys() {}

    /** Makes a pair and writes its private half to a new file that only its owner can read. Returns the public half. */
    public static String generate(Path privateKey) throws IOException {
        try {
            KeyPair pair = X25519.generate();
            write(privateKey, encode(X25519.encode(pair.getPrivate())));
            return encode(X25519.encode(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no X25519.", e);
        }
    }

    /** The public half of the pair whose private half is {@code text}; empty if it is no key. */
    public static Optional<String> findPublic(String text) {
        return findPair(text).map(pair -> encode(X25519.encode(pair.getPublic())));
    }

    /** Whether {@code text} is a public key. */
    public static boolean isPublicKey(String text) {
        return findPublicKey(text).isPresent();
    }

    static Optional<PublicKey> findPublicKey(String text) {
        try {
            return Optional.of(X25519.publicKey(Base64.getDecoder().decode(text.strip())));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    static Optional<KeyPair> findPair(String text) {
        try {
            return Optional.of(X25519.pair(Base64.getDecoder().decode(text.strip())));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static String encode(byte[] key) {
        return Base64.getEncoder().encodeToString(key);
    }

    private static void write(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
        } else {
            Files.createFile(file);
        }
        Files.write(file, (text + "\n").getBytes(StandardCharsets.US_ASCII), StandardOpenOption.WRITE);
    }
}
