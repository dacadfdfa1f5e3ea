package fr.grandlivre.api.session;

import fr.grandlivre.api.wiring.SecretFiles;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.SessionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Draws what a new session is known by. The draw depends on the command's id and on a secret, so that nobody can guess it
 * and a repeated command has the same codes as the first. Thread-safe.
 */
@Component
class DrawnCodes {
    // No letter or digit that is mistaken for another one, no vowel (domain rules, session).
    private static final String LETTERS = "BCDFGHJKMPQRTVWXY";
    private static final String DIGITS = "2346789";
    private static final String SYMBOLS = DIGITS + LETTERS;
    private static final int INVIGILATOR_SYMBOLS = 5;
    private static final int ACCESS_LETTERS = 4;
    private static final int ACCESS_DIGITS = 2;
    private static final int LEAST_NUMBER = 100_000;
    private static final int NUMBERS = 900_000;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec pepper;

    DrawnCodes(SecretFiles secrets) {
        this.pepper = new SecretKeySpec(secrets.read("pepper"), ALGORITHM);
    }

    /**
     * @param session         its id
     * @param number          six digits
     * @param accessCode      4 letters and 2 digits, read out in the room
     * @param invigilatorCode 5 symbols, for invigilators alone
     */
    record Drawn(SessionId session, int number, String accessCode, String invigilatorCode) {
        /** Never shows the codes. */
        @Override
        public String toString() {
            return "Drawn[session=" + session + "]";
        }
    }

    /**
     * @param draw 0 for the first; the next ones are for numbers that are taken
     * @return the codes of this draw; the session is the same in every draw
     */
    Drawn session(UUID commandId, int draw) {
        String seed = "session-codes\n" + commandId + "\n" + draw;
        int number = LEAST_NUMBER + Math.floorMod(ByteBuffer.wrap(mac(seed)).getInt(), NUMBERS);
        String access = symbols(seed + "\naccess-letters", LETTERS, ACCESS_LETTERS)
                + symbols(seed + "\naccess-digits", DIGITS, ACCESS_DIGITS);
        return new Drawn(
                new SessionId(uuid("session\n" + commandId)),
                number,
                access,
                symbols(seed + "\ninvigilator", SYMBOLS, INVIGILATOR_SYMBOLS));
    }

    /** @return 5 symbols for the invigilators of a session, the same when the command that draws them is repeated */
    String invigilatorCode(UUID commandId) {
        return symbols("invigilator-code\n" + commandId, SYMBOLS, INVIGILATOR_SYMBOLS);
    }

    /** @return the candidacy that a command makes of a learner, the same when it is repeated */
    CandidateId candidate(UUID commandId, LearnerId learner) {
        return new CandidateId(uuid("candidate\n" + commandId + "\n" + learner));
    }

    /** @return id of the command for one of several things that one form does */
    UUID part(UUID commandId, Object part) {
        return uuid("part\n" + commandId + "\n" + part);
    }

    private UUID uuid(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(mac(text));
        long high = bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL | 0x4000L;
        long low = bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    // Bytes that would favour the first symbols are left out; 32 bytes hold far more than enough others.
    private String symbols(String seed, String alphabet, int length) {
        int fair = 256 - 256 % alphabet.length();
        StringBuilder drawn = new StringBuilder(length);
        for (int round = 0; drawn.length() < length; round++) {
            for (byte random : mac(seed + "\n" + round)) {
                int value = Byte.toUnsignedInt(random);
                if (value < fair && drawn.length() < length) {
                    drawn.append(alphabet.charAt(value % alphabet.length()));
                }
            }
        }
        return drawn.toString();
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(pepper);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
        }
    }
}
