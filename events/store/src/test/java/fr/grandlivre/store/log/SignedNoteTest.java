package fr.grandlivre.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignedNoteTest {
    private final NoteSigner signer = TestSigner.named("ledger.example.fr/log1");
    private final Checkpoint checkpoint =
            new Checkpoint("ledger.example.fr/log1", 1_000_003, new Sha256().of(new byte[] {1}));

    private final String note = SignedNote.sign(checkpoint.text(), signer);

    @Test
    void a_checkpoint_is_three_lines_a_gap_and_a_signature() {
        String[] lines = note.split("\n", -1);
        assertThat(lines).hasSize(6);
        assertThat(lines[0]).isEqualTo("ledger.example.fr/log1");
        assertThat(lines[1]).isEqualTo("1000003");
        assertThat(lines[2]).hasSize(44);
        assertThat(lines[3]).isEmpty();
        // 4 bytes of key id and 64 of signature.
        assertThat(lines[4]).startsWith("\u2014 ledger.example.fr/log1 ").hasSize(2 + 22 + 1 + 92);
        assertThat(lines[5]).isEmpty();
    }

    @Test
    void it_opens_with_the_key_that_signed_and_with_no_other() {
        assertThat(SignedNote.open(note, List.of(signer.verifier())))
                .hasValueSatisfying(read -> assertThat(read.text()).isEqualTo(checkpoint.text()));
        assertThat(SignedNote.open(
                        note, List.of(TestSigner.named("ledger.example.fr/log1").verifier())))
                .isEmpty();
        assertThat(SignedNote.open(note, List.of())).isEmpty();
    }

    @Test
    void every_changed_character_is_noticed() {
        for (int at = 0; at < note.length(); at++) {
            String bent = note.substring(0, at) + (char) (note.charAt(at) ^ 1) + note.substring(at + 1);
            assertThat(SignedNote.open(bent, List.of(signer.verifier()))
                            .filter(read -> !read.text().equals(checkpoint.text())))
                    .as("character %d", at)
                    .isEmpty();
        }
        assertThat(SignedNote.open(note.replace("\n", "\r\n"), List.of(signer.verifier())))
                .isEmpty();
        assertThat(SignedNote.open(note.stripTrailing(), List.of(signer.verifier())))
                .isEmpty();
        assertThat(SignedNote.open("", List.of(signer.verifier()))).isEmpty();
    }

    @Test
    void signatures_of_others_stand_beside_ours() {
        String witnessed = note + "\u2014 witness.example/w1 AAAAAAAA\n";
        assertThat(SignedNote.open(witnessed, List.of(signer.verifier()))).isPresent();
    }

    @Test
    void a_checkpoint_is_written_in_one_way() {
        for (String other : List.of(
                "o\n01\n" + "A".repeat(43) + "=\n",
                "o\n+1\n" + "A".repeat(43) + "=\n",
                "o\n0\n" + "A".repeat(43) + "=\n",
                "o\n1\nAAAA\n",
                "o\n1\n" + "A".repeat(43) + "=\nmore\n",
                "o\n1\n")) {
            assertThatThrownBy(() -> Checkpoint.parse(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_key_is_written_as_others_read_it() {
        assertThat(signer.verifier().vkey()).matches("ledger\\.example\\.fr/log1\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]{44}");
        byte[] raw = new byte[Sha256.BYTES];
        assertThatThrownBy(() -> new NoteVerifier("with space", raw)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoteVerifier("a+b", raw)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new NoteVerifier("a", new byte[31])).isInstanceOf(IllegalArgumentException.class);
    }
}
