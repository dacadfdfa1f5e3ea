package fr.grandlivre.store.log;

import fr.grandlivre.events.CanonicalJson;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a part of the ledger to files that can be checked without us: the events, one a line, a manifest, and the last
 * signed checkpoint. Personal fields stay sealed. Streams: memory does not grow with the ledger. Thread-safe.
 */
public final class LedgerExport {
    /** Name of the file that says what the others are. */
    public static final String MANIFEST = "manifest.json";

    /** Name of the file with the signed checkpoint. */
    public static final String CHECKPOINT = "checkpoint.txt";

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 2_000;
    private static final int BUFFER = 1 << 16;

    private final LedgerReader ledger;
    private final TransparencyLog log;

    public LedgerExport(LedgerReader ledger, TransparencyLog log) {
        this.ledger = ledger;
        this.log = log;
    }

    /** How a line is written. */
    public enum Format {
        /** {@code {"entry":…,"meta":…,"payload":…,"position":n}}, each part as it was hashed. */
        JSONL,
        /** CloudEvents 1.0, structured; {@code position} is text, because its integers have 32 bits. */
        CLOUDEVENTS;

        /** @return name in manifests and addresses */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is wanted.
     *
     * @param from   first position, from 1
     * @param to     last position, at most the head
     * @param source of events in {@link Format#CLOUDEVENTS}: the address of this ledger
     */
    public record Wish(Format format, long from, long to, String source) {}

    /**
     * A file of an export.
     *
     * @param bytes  its length
     * @param sha256 of its content, 64 hexadecimal digits
     */
    public record File(String name, long bytes, String sha256) {}

    /**
     * What an export holds.
     *
     * @param checkpoint the last signed note when it was made; absent when nothing was sealed
     * @param createdAt  by the system's clock
     */
    public record Manifest(
            String format,
            long from,
            long to,
            long count,
            List<File> files,
            @Nullable String checkpoint,
            Instant createdAt) {}

    /**
     * How far it has come.
     *
     * @param done    last position written
     * @param total   last position wanted
     * @param elapsed time spent so far
     */
    public record Progress(long done, long total, Duration elapsed) {}

    /**
     * @param folder    made when it is missing; files of the same names are replaced
     * @param createdAt what the manifest says
     * @throws UncheckedIOException when a file cannot be written
     */
    public Manifest write(Wish wish, Path folder, Instant createdAt, Consumer<Progress> progress) {
        String note = log.latest().map(SealedCheckpoint::note).orElse(null);
        String name = "ledger-%d-%d.%s"
                .formatted(wish.from(), wish.to(), wish.format().word());
        try {
            Files.createDirectories(folder);
            File file = events(wish, folder.resolve(name), progress);
            Manifest manifest = new Manifest(
                    wish.format().word(),
                    wish.from(),
                    wish.to(),
                    Math.max(0, wish.to() - wish.from() + 1),
                    List.of(file),
                    note,
                    createdAt);
            if (note != null) {
                Files.writeString(folder.resolve(CHECKPOINT), note);
            }
            Files.write(folder.resolve(MANIFEST), CanonicalJson.bytes(manifest));
            return manifest;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /**
     * @param folder of an earlier export
     * @return what it holds; empty when there is none
     */
    public static Optional<Manifest> manifest(Path folder) {
        Path file = folder.resolve(MANIFEST);
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(JSON.readValue(Files.readAllBytes(file), Manifest.class))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private File events(Wish wish, Path path, Consumer<Progress> progress) throws IOException {
        MessageDigest sha256 = sha256();
        long started = System.nanoTime();
        try (OutputStream lines =
                new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(path), sha256), BUFFER)) {
            ledger.scan(wish.from() - 1, wish.to(), PAGE, page -> {
                try {
                    for (StoredEvent event : page) {
                        lines.write(line(event, wish));
                    }
                } catch (IOException full) {
                    throw new UncheckedIOException(full);
                }
                progress.accept(new Progress(
                        page.getLast().position(), wish.to(), Duration.ofNanos(System.nanoTime() - started)));
            });
        }
        return new File(
                path.getFileName().toString(), Files.size(path), HexFormat.of().formatHex(sha256.digest()));
    }

    private static byte[] line(StoredEvent event, Wish wish) {
        Line line = new Line();
        switch (wish.format()) {
            case JSONL ->
                line.text("{\"entry\":")
                        .raw(TransparencyLog.entry(event))
                        .text(",\"meta\":")
                        .raw(event.metadata())
                        .text(",\"payload\":")
                        .raw(event.payload())
                        .text(",\"position\":" + event.position());
            case CLOUDEVENTS -> {
                JsonNode metadata = CanonicalJson.tree(event.metadata());
                line.text("{\"causationid\":", metadata.path("causationId"))
                        .text("{\"correlationid\":", metadata.path("correlationId"))
                        .text(line.comma() + "\"data\":")
                        .raw(event.payload())
                        .text(",\"datacontenttype\":\"application/json\",\"id\":\"" + event.eventId())
                        .text("\",\"position\":\"" + event.position())
                        .text("\",\"source\":\"" + wish.source())
                        .text("\",\"specversion\":\"1.0\",\"subject\":\"" + event.stream())
                        .text("\",\"time\":\"" + CanonicalJson.instant(event.recordedAt()))
                        .text("\",\"type\":\"" + CloudEventType.of(event) + "\"");
            }
        }
        return line.text("}\n").bytes.toByteArray();
    }

    /** A line on its way: JSON in JSON, without reading it. */
    private static final class Line {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);

        Line text(String text) {
            return raw(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Nothing for an absent member. */
        Line text(String name, JsonNode value) {
            return value.isMissingNode()
                    ? this
                    : text(comma() + name.substring(1)).text("\"" + value.asString() + "\"");
        }

        String comma() {
            return bytes.size() == 0 ? "{" : ",";
        }

        Line raw(byte[] part) {
            bytes.writeBytes(part);
            return this;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
