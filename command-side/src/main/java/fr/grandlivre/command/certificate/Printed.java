package fr.grandlivre.command.certificate;

import fr.grandlivre.events.vocabulary.VerificationCode;

/**
 * What is drawn for one certificate and printed on it.
 *
 * @param code   verification code
 * @param key    6 symbols printed beside it
 * @param keyMac HMAC of both
 */
record Printed(VerificationCode code, String key, String keyMac) {
    /** Never shows the key. */
    @Override
    public String toString() {
        return "Printed[code=" + code + "]";
    }
}
