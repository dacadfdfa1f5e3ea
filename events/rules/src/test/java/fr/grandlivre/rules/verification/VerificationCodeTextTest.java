package fr.grandlivre.rules.verification;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.ShippedFiles;
import fr.grandlivre.rules.verification.VerificationCodeText.Parsed;
import fr.grandlivre.rules.verification.VerificationCodeText.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VerificationCodeTextTest {
    /** One line of the table: what is typed, with JSON escapes, and what becomes of it. */
    record Row(String input, String expected, String hint, String note) {}

    @ParameterizedTest
    @MethodSource("rows")
    void every_row_of_the_table_is_read_as_it_says(Row row) {
        VerificationCodeText expected = row.expected().equals("invalid-code")
                ? new Refused()
                : new Parsed(new VerificationCode(row.expected()), row.hint().equals("yes"));
        assertThat(VerificationCodeText.parse(row.input())).as(row.note()).isEqualTo(expected);
    }

    @Test
    void every_ignored_character_is_dropped() {
        for (String ignored : List.of("\u2060", "\u200B", "\uFEFF", "\u00AD", "\u2212", "\u2043", "\u2028", "\u0085")) {
            assertThat(VerificationCodeText.parse("P-234" + ignored + "567"))
                    .as("U+%04X", (int) ignored.charAt(0))
                    .isEqualTo(new Parsed(new VerificationCode("P-234567"), false));
        }
    }

    @Test
    void the_table_has_67_rows() {
        assertThat(rows()).hasSize(67);
    }

    @Test
    void what_is_longer_than_64_code_points_is_refused_unread() {
        assertThat(VerificationCodeText.parse(" ".repeat(56) + "P-234567")).isInstanceOf(Parsed.class);
        assertThat(VerificationCodeText.parse(" ".repeat(57) + "P-234567")).isInstanceOf(Refused.class);
        assertThat(VerificationCodeText.parse("\ud835\udc0f" + " ".repeat(57) + "234567"))
                .isInstanceOf(Parsed.class);
    }

    @Test
    void parsing_a_canonical_code_gives_it_back() {
        Random random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            VerificationCode code = VerificationCodeText.draw(random, 6 + i % 3);
            assertThat(VerificationCodeText.parse(code.value())).isEqualTo(new Parsed(code, false));
        }
    }

    @Test
    void any_text_gives_a_result() {
        Random random = new Random(12);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "P-" : "");
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append((char) random.nextInt(0x10000));
            }
            assertThat(VerificationCodeText.parse(text.toString())).isNotNull();
        }
    }

    @Test
    void drawn_codes_use_all_24_symbols_about_equally() {
        Random random = new Random(13);
        int[] counts = new int[128];
        for (int i = 0; i < 24_000; i++) {
            VerificationCodeText.draw(random, 6).value().substring(2).chars().forEach(symbol -> counts[symbol]++);
        }
        Set<Character> used = new HashSet<>();
        for (char symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] > 0) {
                used.add(symbol);
                assertThat(counts[symbol]).as("symbol %s", symbol).isBetween(5600, 6400);
            }
        }
        assertThat(used).hasSize(24).doesNotContain('0', 'O', '1', 'I', 'L', '5', 'S', 'A', 'E', 'U');
    }

    static Stream<Row> rows() {
        List<String> lines = ShippedFiles.text("verification/code-normalisation.csv")
                .lines()
                .skip(1)
                .toList();
        return lines.stream().map(VerificationCodeTextTest::row);
    }

    private static Row row(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (next == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (next == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(next);
            }
        }
        cells.add(cell.toString());
        return new Row(unescaped(cells.get(0)), cells.get(1), cells.get(2), cells.get(3));
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                plain.append(text.charAt(i));
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 't' -> plain.append('\t');
                case 'r' -> plain.append('\r');
                case 'n' -> plain.append('\n');
                case 'u' -> {
                    plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> throw new IllegalStateException("unknown escape in " + text);
            }
        }
        return plain.toString();
    }
}
