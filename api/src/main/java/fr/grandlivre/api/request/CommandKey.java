package fr.grandlivre.api.request;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.UUID;

/**
 * What makes a repeated request one act: header {@code Idempotency-Key} of a program, hidden field {@code commandId} of a
 * form. A controller that sends a command takes it as a parameter.
 *
 * @param commandId   identity of the command
 * @param fingerprint 32 bytes that differ when the same key comes with another method, path, caller or body
 */
public record CommandKey(UUID commandId, byte[] fingerprint) {
    /** Name of the hidden field. */
    public static final String FIELD = "commandId";

    /** Name of the header. */
    public static final String HEADER = "Idempotency-Key";

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * @param act names one of several acts that a request asks for, the same whenever it is sent
     * @return the key of that act
     */
    public CommandKey part(String act) {
        return new CommandKey(
                UUID.nameUUIDFromBytes((commandId + "/" + act).getBytes(StandardCharsets.UTF_8)), fingerprint);
    }

    /** @return a fresh command id for a form; time-ordered, because receipts with random keys cost a third of throughput */
    public static UUID draw() {
        long version7 = 0x7000L;
        long variant = 0x8000_0000_0000_0000L;
        long high = System.currentTimeMillis() << 16 | version7 | RANDOM.nextInt(1 << 12);
        return new UUID(high, RANDOM.nextLong() >>> 2 | variant);
    }
}
