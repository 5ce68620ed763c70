// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;

import javax.crypto.KeyAgreement;

/** Keys of X25519 as the 32 bytes of RFC 7748. */
final class X25519 {

    static final int KEY_BYTES = 32;

    private static final String NAME = "X25519";
    private static final byte[] BASE_POINT = new byte[KEY_BYTES];

    static {
        BASE_POINT[0] = 9;
    }

    private X25519() {}

    static KeyPair generate() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(NAME).generateKeyPair();
    }

    static byte[] encode(PublicKey key) {
        byte[] big = ((XECPublicKey) key).getU().toByteArray();
        byte[] little = new byte[KEY_BYTES];
        for (int i = 0; i < Math.min(KEY_BYTES, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        return little;
    }

    static byte[] encode(PrivateKey key) throws InvalidKeyException {
        return ((XECPrivateKey) key).getScalar().orElseThrow(() -> new InvalidKeyException("The key has no scalar."));
    }

    static PublicKey publicKey(byte[] little) throws GeneralSecurityException {
        if (little.length != KEY_BYTES) {
            throw new InvalidKeyException("A key of %d bytes is none of X25519.".formatted(little.length));
        }
        byte[] big = new byte[KEY_BYTES];
        for (int i = 0; i < KEY_BYTES; i++) {
            big[i] = little[KEY_BYTES - 1 - i];
        }
        // The highest bit is not part of the coordinate (RFC 7748, section 5).
        big[0] &= 0x7f;
        return KeyFactory.getInstance(NAME)
                .generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, new BigInteger(1, big)));
    }

    /** The pair of which this is the private half: its public half is the scalar times the base point. */
    static KeyPair pair(byte[] scalar) throws GeneralSecurityException {
        if (scalar.length != KEY_BYTES) {
            throw new InvalidKeyException("A key of %d bytes is none of X25519.".formatted(scalar.length));
        }
        PrivateKey secret = KeyFactory.getInstance(NAME)
                .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar.clone()));
        KeyAgreement agreement = KeyAgreement.getInstance(NAME);
        agreement.init(secret);
        agreement.doPhase(publicKey(BASE_POINT), true);
        return new KeyPair(publicKey(agreement.generateSecret()), secret);
    }
}
