package fr.grandlivre.command.certificate;

import fr.grandlivre.events.vocabulary.VerificationCode;

/** HMAC-SHA-256 of a code and its key under the pepper, by which a key is compared without being stored in clear. */
@FunctionalInterface
public interface KeyMac {
    /**
     * @param key 6 symbols
     * @return base64url without padding
     */
    String of(VerificationCode code, String key);
}
