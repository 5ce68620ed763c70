// SPDX-License-Identifier: Apache-2.0
package org.polias.store.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 with HMAC-SHA-512 (RFC 8018), the number of iterations that OWASP's Password Storage Cheat
 * Sheet gives for it. Passwords are normalised (NFKC), so that every keyboard writes the same one.
 */
record PasswordHash(byte[] salt, int iterations, byte[] hash) {

    static final int ITERATIONS = 210_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 512;
    private static final SecureRandom RANDOM = new SecureRandom();

    static PasswordHash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new PasswordHash(salt, ITERATIONS, derive(password, salt, ITERATIONS));
    }

    /** A hash that no password matches, and that takes as long to find out as any other. */
    static PasswordHash unmatchable() {
        byte[] salt = new byte[SALT_BYTES];
        byte[] hash = new byte[HASH_BITS / 8];
        RANDOM.nextBytes(salt);
        RANDOM.nextBytes(hash);
        return new PasswordHash(salt, ITERATIONS, hash);
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(derive(password, salt, iterations), hash);
    }

    /** Whether it was made when fewer iterations were thought enough. */
    boolean isWeak() {
        return iterations < ITERATIONS;
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        char[] characters = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA512.", e);
        } finally {
            spec.clearPassword();
        }
    }
}
