package fr.grandlivre.store.log;

import fr.grandlivre.store.HashedEvent;
import fr.grandlivre.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * Writes what is hashed into a leaf: the canonical JSON (RFC 8785) of an event's identity and of the hashes of its bytes,
 * without its position, so that rows that changed places are recognised. Reuses its memory; one thread at a time.
 */
final class LogEntry {
    /** Everything but the name of the type has a bounded length. */
    private static final int LENGTH_WITHOUT_TYPE = 400;

    private static final int NANOS_IN_A_MILLISECOND = 1_000_000;
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private static final byte[] EVENT_ID = ascii("{\"eventId\":\"");
    private static final byte[] META = ascii("\",\"meta\":\"");
    private static final byte[] PAYLOAD = ascii("\",\"payload\":\"");
    private static final byte[] RECORDED_AT = ascii("\",\"recordedAt\":\"");
    private static final byte[] SEQ = ascii("\",\"seq\":");
    private static final byte[] STREAM = ascii(",\"stream\":\"");
    private static final byte[] TYPE = ascii("\",\"type\":\"");
    private static final byte[] VERSION = ascii("\",\"v\":1,\"version\":");

    private final Sha256 sha = new Sha256();
    private byte[] bytes = new byte[2 * LENGTH_WITHOUT_TYPE];
    private int length;

    /** @return SHA-256(0x00 ‖ entry) */
    byte[] leafHash(HashedEvent event) {
        write(event);
        return sha.leaf(bytes, length);
    }

    /** @return SHA-256(0x00 ‖ entry), of the bytes as they are stored now */
    byte[] leafHash(StoredEvent event) {
        return leafHash(hashed(event));
    }

    /** @return the entry in UTF-8; about 330 bytes */
    byte[] of(StoredEvent event) {
        write(hashed(event));
        return Arrays.copyOf(bytes, length);
    }

    private HashedEvent hashed(StoredEvent event) {
        return new HashedEvent(
                event.position(),
                event.stream(),
                event.seq(),
                event.eventId(),
                event.type(),
                event.version(),
                event.recordedAt(),
                sha.of(event.metadata()),
                sha.of(event.payload()));
    }

    private void write(HashedEvent event) {
        byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < LENGTH_WITHOUT_TYPE + type.length) {
            bytes = new byte[LENGTH_WITHOUT_TYPE + type.length];
        }
        length = 0;
        add(EVENT_ID);
        add(event.eventId());
        add(META);
        add(BASE64.encode(event.metadataHash()));
        add(PAYLOAD);
        add(BASE64.encode(event.payloadHash()));
        add(RECORDED_AT);
        add(event.recordedAt());
        add(SEQ);
        add(ascii(Integer.toString(event.seq())));
        add(STREAM);
        add(event.stream());
        add(TYPE);
        add(type);
        add(VERSION);
        add(ascii(Integer.toString(event.version())));
        bytes[length++] = '}';
    }

    private void add(byte[] part) {
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void add(UUID id) {
        hex(id.getMostSignificantBits() >>> 32, 8);
        bytes[length++] = '-';
        hex(id.getMostSignificantBits() >>> 16, 4);
        bytes[length++] = '-';
        hex(id.getMostSignificantBits(), 4);
        bytes[length++] = '-';
        hex(id.getLeastSignificantBits() >>> 48, 4);
        bytes[length++] = '-';
        hex(id.getLeastSignificantBits(), 12);
    }

    private void hex(long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 0xf];
        }
    }

    /** Three decimals; more only where a row was changed to something finer, so that it shows. */
    private void add(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
        decimal(time.getYear(), 4);
        bytes[length++] = '-';
        decimal(time.getMonthValue(), 2);
        bytes[length++] = '-';
        decimal(time.getDayOfMonth(), 2);
        bytes[length++] = 'T';
        decimal(time.getHour(), 2);
        bytes[length++] = ':';
        decimal(time.getMinute(), 2);
        bytes[length++] = ':';
        decimal(time.getSecond(), 2);
        bytes[length++] = '.';
        decimal(instant.getNano() / NANOS_IN_A_MILLISECOND, 3);
        if (instant.getNano() % NANOS_IN_A_MILLISECOND != 0) {
            decimal(instant.getNano() % NANOS_IN_A_MILLISECOND, 6);
        }
        bytes[length++] = 'Z';
    }

    private void decimal(int value, int digits) {
        int rest = value;
        for (int place = length + digits - 1; place >= length; place--) {
            bytes[place] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
