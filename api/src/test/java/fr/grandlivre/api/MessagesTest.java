package fr.grandlivre.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern ARGUMENT = Pattern.compile("\\{\\d+[^}]*}");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z][A-Za-z0-9.-]*)[({}]?");

    // Text that stands between tags, is no expression and has a letter in it: it would be seen in both languages.
    private static final Pattern BARE_TEXT = Pattern.compile("<(?!code|strong>Démonstration|title>|a"
            + " class=\"skip|h1|script|style)(\\w+)(?![^>]*th:text)[^>]*>\\s*([^<]*\\p{L}[^<]*)<");

    private static List<Path> bundles(String language) throws IOException {
        try (Stream<Path> files = Files.list(RESOURCES.resolve("messages"))) {
            return files.filter(file -> file.toString().endsWith("_" + language + ".properties"))
                    .sorted()
                    .toList();
        }
    }

    private static Properties read(Path bundle) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(bundle)) {
            properties.load(reader);
        }
        return properties;
    }

    private static List<Path> templates() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES.resolve("templates"))) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void french_and_english_have_the_same_keys_with_the_same_arguments() throws IOException {
        assertThat(bundles("fr")).isNotEmpty().hasSameSizeAs(bundles("en"));
        for (Path bundle : bundles("fr")) {
            Properties french = read(bundle);
            Properties english = read(Path.of(bundle.toString().replace("_fr.", "_en.")));
            assertThat(english.stringPropertyNames())
                    .as(bundle.toString())
                    .containsExactlyInAnyOrderElementsOf(french.stringPropertyNames());
            for (String key : french.stringPropertyNames()) {
                assertThat(arguments(english.getProperty(key))).as(key).isEqualTo(arguments(french.getProperty(key)));
            }
        }
    }

    private static Set<String> arguments(String text) {
        return ARGUMENT.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void a_key_stands_in_one_bundle_only() throws IOException {
        List<String> keys = new ArrayList<>();
        for (Path bundle : bundles("fr")) {
            keys.addAll(read(bundle).stringPropertyNames());
        }
        assertThat(keys).doesNotHaveDuplicates();
    }

    // With arguments a straight apostrophe would swallow text; French typography has another one anyway.
    @Test
    void texts_use_the_typographic_apostrophe() throws IOException {
        for (String language : List.of("fr", "en")) {
            for (Path bundle : bundles(language)) {
                read(bundle)
                        .forEach((key, text) ->
                                assertThat(text.toString()).as(key.toString()).doesNotContain("'"));
            }
        }
    }

    @Test
    void every_key_that_a_template_names_exists() throws IOException {
        Set<Object> known = new TreeSet<>();
        for (Path bundle : bundles("fr")) {
            known.addAll(read(bundle).keySet());
        }
        for (Path template : templates()) {
            Matcher key = KEY.matcher(Files.readString(template));
            while (key.find()) {
                assertThat(known).as(template + ": " + key.group(1)).contains(key.group(1));
            }
        }
    }

    @Test
    void templates_hold_no_text_of_their_own() throws IOException {
        for (Path template : templates()) {
            Matcher text = BARE_TEXT.matcher(Files.readString(template));
            List<String> found = new ArrayList<>();
            while (text.find()) {
                found.add(text.group());
            }
            assertThat(found).as(template.toString()).isEmpty();
        }
    }

    @Test
    void text_in_a_template_would_be_seen() {
        assertThat(BARE_TEXT.matcher("<p>Bonjour</p>").find()).isTrue();
        assertThat(BARE_TEXT.matcher("<p th:text=\"#{a}\">Bonjour</p>").find()).isFalse();
    }

    @Test
    void templates_hold_no_inline_script_style_or_handler() throws IOException {
        for (Path template : templates()) {
            String text = Files.readString(template);
            assertThat(text)
                    .as(template.toString())
                    .doesNotContainPattern("\\s(style|on\\w+|hx-on\\S*)\\s*=|<style|<script(?![^>]*src=)|th:style");
        }
    }
}
