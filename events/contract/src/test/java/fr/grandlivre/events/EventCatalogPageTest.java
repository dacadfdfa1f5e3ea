package fr.grandlivre.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps the generated event catalogue true to the code and its Javadoc. */
class EventCatalogPageTest {
    private static final Path PAGE = Path.of("../../ops/docs/event-catalog.md");

    @Test
    void the_page_says_what_the_code_says() throws IOException {
        String expected = page();
        if (Boolean.getBoolean("page.write")) {
            Files.writeString(PAGE, expected);
        }
        assertThat(PAGE).exists();
        assertThat(Files.readString(PAGE))
                .as("run once with -Dpage.write=true to write the page again")
                .isEqualTo(expected);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
            # Event catalogue
            Generated from the records of `events/contract` and their Javadoc; a test fails when it is stale.
            Every event also carries metadata (actor, role, command, correlation, causation, salt) and its instant of recording.
            `sealed` holds personal fields as ciphertext under an erasable key; `?` marks a field that may be absent.
            """);
        String feature = "";
        for (EventCatalog.Entry entry : EventCatalog.standard().entries()) {
            String prefix = entry.name().substring(0, entry.name().indexOf('.'));
            if (!prefix.equals(feature)) {
                feature = prefix;
                page.append("\n## ")
                        .append(feature)
                        .append("\n| Event | Version | What happened | Fields |\n|---|---|---|---|\n");
            }
            page.append("| `%s` | %d | %s | %s |\n"
                    .formatted(entry.name(), entry.version(), sentence(entry), fields(entry)));
        }
        return page.toString();
    }

    private static String fields(EventCatalog.Entry entry) {
        return Arrays.stream(entry.type().getRecordComponents())
                .map(component -> "`" + component.getName() + "` " + type(component))
                .collect(Collectors.joining(", "));
    }

    private static String type(RecordComponent component) {
        Type generic = component.getGenericType();
        String name = generic.getTypeName()
                .replaceAll("([a-z]+\\.)+(?=[A-Z])", "")
                .replaceAll("[A-Za-z]+\\$", "")
                .replace("<", " of ")
                .replace(">", "")
                .replace(",", " to");
        boolean optional = Arrays.stream(component.getAnnotatedType().getAnnotations())
                .anyMatch(annotation ->
                        annotation.annotationType().getSimpleName().equals("Nullable"));
        return name.toLowerCase(Locale.ROOT).equals("boolean") || name.equals("long") || name.equals("int")
                ? name.toLowerCase(Locale.ROOT) + (optional ? "?" : "")
                : name + (optional ? "?" : "");
    }

    /** The first sentence of the record's Javadoc. */
    private static String sentence(EventCatalog.Entry entry) {
        Class<?> owner = entry.type().getEnclosingClass();
        Path source = Path.of("src/main/java", owner.getName().replace('.', '/') + ".java");
        try {
            Matcher doc = Pattern.compile(
                            "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*@EventType\\(name = \"" + Pattern.quote(entry.name())
                                    + "\"",
                            Pattern.DOTALL)
                    .matcher(Files.readString(source));
            assertThat(doc.find()).as("Javadoc of " + entry.name()).isTrue();
            String text = doc.group(1).replaceAll("\\s*\\n\\s*\\*\\s?", " ").strip();
            return text.substring(0, text.indexOf('.') + 1).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
