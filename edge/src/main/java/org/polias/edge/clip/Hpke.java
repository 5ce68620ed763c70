// SPDX-License-Identifier: Apache-2.0
package org.polias.edge.clip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hybrid public key encryption (RFC 9180) of one message, in base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-GCM with a key of
 * 128 or 256 bits. The JDK has the primitives, and from release 26 on the whole; until then this is what puts them together.
 */
final class Hpke {

    static final int ENC_BYTES = 32;

    private static final byte[] VERSION = bytes("HPKE-v1");
    private static final int KEM_X25519 = 0x0020;
    private static final int KDF_SHA256 = 0x0001;
    private static final int AEAD_AES_128 = 0x0001;
    private static final int AEAD_AES_256 = 0x0002;
    private static final byte MODE_BASE = 0;
    private static final int SECRET_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final int key_bytes;
    private final byte[] kemSuite;
    private final byte[] suite;

    /** @param key_bytes of AES: 16 or 32 */
    Hpke(int key_bytes) {
        this.key_bytes = key_bytes;
        this.kemSuite = joined(bytes("KEM"), number(KEM_X25519));
        this.suite = joined(
                bytes("HPKE"),
                number(KEM_X25519),
                number(KDF_SHA256),
                number(key_bytes == 16 ? AEAD_AES_128 : AEAD_AES_256));
    }

    /**
     * A message for the holder of one private key.
     *
     * @param enc the encapsulated key
     */
    record Sealed(byte[] enc, byte[] ciphertext) {}

    /** Seals with an ephemeral key of this one message. */
    Sealed seal(PublicKey recipient, KeyPair ephemeral, byte[] info, byte[] associated, byte[] message)
            throws GeneralSecurityException {
        byte[] enc = X25519.encode(ephemeral.getPublic());
        byte[] secret = secret(agree(ephemeral.getPrivate(), recipient), enc, X25519.encode(recipient));
        return new Sealed(enc, crypt(Cipher.ENCRYPT_MODE, secret, info, associated, message));
    }

    /** @throws AEADBadTagException if it was sealed for another, or something of it was changed */
    byte[] open(byte[] enc, KeyPair recipient, byte[] info, byte[] associated, byte[] ciphertext)
            throws GeneralSecurityException {
        byte[] shared = agree(recipient.getPrivate(), X25519.publicKey(enc));
        byte[] secret = secret(shared, enc, X25519.encode(recipient.getPublic()));
        return crypt(Cipher.DECRYPT_MODE, secret, info, associated, ciphertext);
    }

    private static byte[] agree(PrivateKey own, PublicKey other) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own);
        // It refuses points of small order, as section 7.1.4 asks.
        agreement.doPhase(other, true);
        return agreement.generateSecret();
    }

    private byte[] secret(byte[] shared, byte[] enc, byte[] recipient) throws GeneralSecurityException {
        byte[] extracted = extract(kemSuite, new byte[0], "eae_prk", shared);
        return expand(kemSuite, extracted, "shared_secret", joined(enc, recipient), SECRET_BYTES);
    }

    private byte[] crypt(int mode, byte[] shared, byte[] info, byte[] associated, byte[] text)
            throws GeneralSecurityException {
        byte[] context = joined(
                new byte[] {MODE_BASE},
                extract(suite, new byte[0], "psk_id_hash", new byte[0]),
                extract(suite, new byte[0], "info_hash", info));
        byte[] secret = extract(suite, shared, "secret", new byte[0]);
        byte[] key = expand(suite, secret, "key", context, key_bytes);
        byte[] nonce = expand(suite, secret, "base_nonce", context, NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher.doFinal(text);
    }

    private static byte[] extract(byte[] suite, byte[] salt, String label, byte[] material)
            throws GeneralSecurityException {
        HKDFParameterSpec.Builder builder =
                HKDFParameterSpec.ofExtract().addIKM(joined(VERSION, suite, bytes(label), material));
        if (salt.length > 0) {
            builder.addSalt(salt);
        }
        return KDF.getInstance("HKDF-SHA256").deriveData(builder.extractOnly());
    }

    private static byte[] expand(byte[] suite, byte[] pseudorandom, String label, byte[] info, int length)
            throws GeneralSecurityException {
        byte[] labelled = joined(number(length), VERSION, suite, bytes(label), info);
        return KDF.getInstance("HKDF-SHA256")
                .deriveData(
                        HKDFParameterSpec.expandOnly(new SecretKeySpec(pseudorandom, "HKDF-PRK"), labelled, length));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
