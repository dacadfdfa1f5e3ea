package fr.grandlivre.store.log;

import fr.grandlivre.events.CanonicalJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads an export again, without a database: lengths and digests of its files, positions without a hole, and for
 * {@link LedgerExport.Format#JSONL} every hash of every event and the root under the signed checkpoint. Pure but for the
 * files it reads.
 */
public final class ExportCheck {
    /** More of them say nothing more. */
    private static final int MOST_FINDINGS = 100;

    private final List<String> findings = new ArrayList<>();
    private final TreeEdge tree = new TreeEdge();
    private final Sha256 sha = new Sha256();
    private long position;
    private long count;
    private boolean compared;

    private ExportCheck() {}

    /**
     * What the check found.
     *
     * @param count        events read
     * @param rootCompared whether the export begins at position 1 and reaches its checkpoint, so that the root could be
     *                     computed and compared
     * @param findings     what is wrong, at most 100; empty when nothing is
     */
    public record Found(long count, boolean rootCompared, List<String> findings) {
        public boolean clean() {
            return findings.isEmpty();
        }
    }

    /**
     * @param folder as {@link LedgerExport#write} left it
     * @param keys   that may have signed the checkpoint; empty to leave signatures alone
     * @throws UncheckedIOException when a file cannot be read
     */
    public static Found of(Path folder, Collection<NoteVerifier> keys) {
        try {
            return new ExportCheck().read(folder, keys);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Found read(Path folder, Collection<NoteVerifier> keys) throws IOException {
        JsonNode manifest = CanonicalJson.tree(Files.readAllBytes(folder.resolve(LedgerExport.MANIFEST)));
        long from = manifest.path("from").asLong();
        position = from - 1;
        Optional<Checkpoint> checkpoint = checkpoint(manifest.path("checkpoint").asString(""), keys);
        boolean whole = manifest.path("format").asString("").equals(LedgerExport.Format.JSONL.word());
        long size = checkpoint.map(Checkpoint::size).orElse(0L);
        for (JsonNode file : manifest.path("files")) {
            Path path = folder.resolve(Path.of(file.path("name").asString("")).getFileName());
            lines(path, file, whole, from == 1 ? checkpoint : Optional.empty());
        }
        expect(position == manifest.path("to").asLong(), "the last position is " + position);
        expect(count == manifest.path("count").asLong(), "there are " + count + " events");
        expect(!whole || from != 1 || size > position || compared || size == 0, "the checkpoint was not reached");
        return new Found(count, compared, List.copyOf(findings));
    }

    private Optional<Checkpoint> checkpoint(String note, Collection<NoteVerifier> keys) {
        if (note.isEmpty()) {
            return Optional.empty();
        }
        if (!keys.isEmpty()) {
            Optional<Checkpoint> open = SignedNote.open(note, keys);
            expect(open.isPresent(), "no known key signed the checkpoint");
            return open;
        }
        return Optional.of(Checkpoint.parse(note.substring(0, note.indexOf("\n\n") + 1)));
    }

    private void lines(Path path, JsonNode file, boolean whole, Optional<Checkpoint> checkpoint) throws IOException {
        MessageDigest sha256 = LedgerExport.sha256();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new DigestInputStream(Files.newInputStream(path), sha256), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                try {
                    line(CanonicalJson.tree(line.getBytes(StandardCharsets.UTF_8)), whole, checkpoint);
                } catch (JacksonException _) {
                    expect(false, "the line after position " + position + " is no JSON");
                }
            }
        }
        expect(Files.size(path) == file.path("bytes").asLong(), path.getFileName() + " has another length");
        expect(
                HexFormat.of()
                        .formatHex(sha256.digest())
                        .equals(file.path("sha256").asString("")),
                path.getFileName() + " has another digest");
    }

    private void line(JsonNode line, boolean whole, Optional<Checkpoint> checkpoint) {
        long at = whole
                ? line.path("position").asLong()
                : Long.parseLong(line.path("position").asString("0"));
        expect(at == position + 1, "position " + at + " follows " + position);
        position = at;
        count++;
        if (!whole) {
            return;
        }
        JsonNode entry = line.path("entry");
        expect(hash(line.path("meta")).equals(entry.path("meta").asString("")), "metadata at " + at);
        expect(hash(line.path("payload")).equals(entry.path("payload").asString("")), "payload at " + at);
        byte[] leaf = CanonicalJson.bytes(entry);
        tree.append(sha.leaf(leaf, leaf.length), _ -> {});
        checkpoint.filter(head -> head.size() == at).ifPresent(head -> {
            compared = true;
            expect(Arrays.equals(tree.root(), head.root()), "the root at " + at + " is not the signed one");
        });
    }

    private String hash(JsonNode part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha.of(CanonicalJson.bytes(part)));
    }

    private void expect(boolean kept, String otherwise) {
        if (!kept && findings.size() < MOST_FINDINGS) {
            findings.add(otherwise);
        }
    }
}
