package fr.grandlivre.bench.chaos;

import fr.grandlivre.bench.chaos.Run.Effect;
import fr.grandlivre.query.Recorded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a node sends to people, were it to send from a projection: lines of a file. */
public final class Mails {
    /** Variable of a node's process: where the lines go. */
    static final String FILE = "CHAOS_MAILS";

    private Mails() {}

    /** Called by a projection that was made to. */
    public static void send(List<Recorded> page) {
        String lines = page.stream().map(recorded -> recorded.eventId() + "\n").collect(Collectors.joining());
        try {
            Files.writeString(
                    Path.of(System.getenv(FILE)), lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** @return how often each was sent; empty when there is no file */
    static List<Effect> sent(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .entrySet()
                .stream()
                .map(event -> new Effect(
                        UUID.fromString(event.getKey()),
                        "mail",
                        event.getValue().intValue()))
                .toList();
    }
}
