package fr.grandlivre.api.security;

import fr.grandlivre.api.wiring.SecretFiles;
import fr.grandlivre.command.certificate.KeyMac;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** HMAC-SHA-256 under the pepper of short secrets that are compared and never stored: keys, invigilators' codes. */
@Component
public class CodeMacs implements KeyMac {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec pepper;

    CodeMacs(SecretFiles secrets) {
        this.pepper = new SecretKeySpec(secrets.read("pepper"), ALGORITHM);
    }

    @Override
    public String of(VerificationCode code, String key) {
        return mac("certificate-key\n" + code.value() + "\n" + key);
    }

    /**
     * @param sessionNumber what people call the session by
     * @param code          the invigilators' code, upper case
     * @return base64url without padding
     */
    public String ofInvigilators(int sessionNumber, String code) {
        return mac("invigilator-code\n" + sessionNumber + "\n" + code);
    }

    /**
     * @param provider registration name of an identity provider
     * @param subject  its name for a person
     * @return base64url without padding: names the way to sign in where nobody may read who it is
     */
    public String ofSignIn(String provider, String subject) {
        return mac("sign-in\n" + provider + "\n" + subject);
    }

    /**
     * @param code on paper, without blanks, upper case
     * @return base64url without padding
     */
    public String ofAttachCode(String code) {
        return mac("attach-code\n" + code);
    }

    /**
     * @param commandId of the act; time-ordered and random
     * @param attempt   0 for the first draw
     * @return chance from which a code on paper is drawn: the same for the same act, so that a lost answer can be had again
     */
    public RandomGenerator attachCodeDraws(UUID commandId, int attempt) {
        byte[] drawn = Base64.getUrlDecoder().decode(mac("attach-code-drawn\n" + commandId + "\n" + attempt));
        return new SplittableRandom(ByteBuffer.wrap(drawn).getLong());
    }

    /**
     * @param commandId of the registration; time-ordered and random
     * @return the secret of a partner's program: the same for the same registration, so that a lost answer can be had again
     */
    public String partnerSecret(UUID commandId) {
        return mac("partner-drawn\n" + commandId);
    }

    /**
     * @param client name that a partner's program gives
     * @param secret as drawn, or as sent
     * @return base64url without padding
     */
    public String ofPartner(String client, String secret) {
        return mac("partner-secret\n" + client + "\n" + secret);
    }

    /**
     * @param nameKey   family name as it is compared
     * @param birthDate of the holder
     * @return base64url without padding; never stored, because names and days can be guessed
     */
    public String ofPerson(VerificationCode code, String nameKey, LocalDate birthDate) {
        return mac("certificate-person\n" + code.value() + "\n" + nameKey + "\n" + birthDate);
    }

    private String mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
