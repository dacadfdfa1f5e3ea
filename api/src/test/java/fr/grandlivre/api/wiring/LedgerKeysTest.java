package fr.grandlivre.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.wiring.LedgerKeys.Entry;
import fr.grandlivre.api.wiring.LedgerKeys.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Signature;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.env.MockEnvironment;

class LedgerKeysTest {
    @TempDir
    Path place;

    private SecretFiles secrets;

    @BeforeEach
    void empty() {
        secrets = new SecretFiles(new Settings(place, null, null, null), new MockEnvironment());
    }

    @ParameterizedTest
    @EnumSource(Entry.class)
    void a_demonstration_draws_keys_that_sign_and_keeps_them(Entry entry) throws GeneralSecurityException {
        SigningKey drawn = of(LedgerKeys.open(secrets, true), entry);
        SigningKey kept = of(LedgerKeys.open(secrets, true), entry);
        assertThat(kept.publicKey()).isEqualTo(drawn.publicKey());
        String algorithm = entry == Entry.SEAL ? "SHA256withECDSA" : "Ed25519";
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(kept.privateKey());
        signing.update(new byte[] {1});
        Signature checking = Signature.getInstance(algorithm);
        checking.initVerify(drawn.publicKey());
        checking.update(new byte[] {1});
        assertThat(checking.verify(signing.sign())).isTrue();
        drawn.certificate().verify(drawn.publicKey());
        drawn.certificate().checkValidity();
        assertThat(drawn.certificate().getKeyUsage()).startsWith(true, true, false);
        assertThat(drawn.certificate().getSubjectX500Principal().getName()).contains("démonstration", "sans valeur");
    }

    @Test
    void nobody_else_may_read_them() throws IOException {
        LedgerKeys.open(secrets, true);
        for (String name : List.of(LedgerKeys.FILE, LedgerKeys.PASSWORD)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.file(name))))
                    .isEqualTo("rw-------");
        }
        Files.setPosixFilePermissions(secrets.file(LedgerKeys.FILE), PosixFilePermissions.fromString("rw-r-----"));
        isRefused("accessible to other users", true);
    }

    @Test
    void beyond_a_demonstration_missing_keys_are_refused() {
        isRefused("is missing", false);
    }

    @Test
    void beyond_a_demonstration_its_keys_are_refused() {
        LedgerKeys.open(secrets, true);
        isRefused("made by a demonstration", false);
    }

    @Test
    void another_password_is_refused() throws IOException {
        LedgerKeys.open(secrets, true);
        Files.writeString(secrets.file(LedgerKeys.PASSWORD), "0".repeat(43));
        isRefused("does not open", true);
    }

    @Test
    void a_file_without_one_of_the_entries_is_refused() throws Exception {
        change(store -> store.deleteEntry("receipt"));
        isRefused("\"receipt\"", true);
    }

    @Test
    void an_entry_of_another_kind_of_key_is_refused() throws Exception {
        change(store -> {
            KeyStore.ProtectionParameter open = new KeyStore.PasswordProtection(password());
            store.setEntry("log", store.getEntry("seal", open), open);
        });
        isRefused("\"log\"", true);
    }

    @Test
    void replaced_keys_stay_known() throws Exception {
        SigningKey before = LedgerKeys.open(secrets, true).log();
        change(store -> store.setCertificateEntry("log.2031", before.certificate()));
        LedgerKeys keys = LedgerKeys.open(secrets, true);
        assertThat(keys.retired(Entry.LOG)).containsExactly(before.publicKey());
        assertThat(keys.retired(Entry.CREDENTIAL)).isEmpty();
    }

    private void isRefused(String cause, boolean demo) {
        assertThatThrownBy(() -> LedgerKeys.open(secrets, demo))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining(cause);
    }

    private static SigningKey of(LedgerKeys keys, Entry entry) {
        return switch (entry) {
            case LOG -> keys.log();
            case CREDENTIAL -> keys.credential();
            case SEAL -> keys.seal();
            case RECEIPT -> keys.receipt();
        };
    }

    @FunctionalInterface
    private interface Change {
        void on(KeyStore store) throws Exception;
    }

    private void change(Change change) throws Exception {
        LedgerKeys.open(secrets, true);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(secrets.file(LedgerKeys.FILE))) {
            store.load(in, password());
        }
        change.on(store);
        try (OutputStream out = Files.newOutputStream(secrets.file(LedgerKeys.FILE))) {
            store.store(out, password());
        }
    }

    private char[] password() throws IOException {
        return Files.readString(secrets.file(LedgerKeys.PASSWORD), StandardCharsets.US_ASCII)
                .toCharArray();
    }
}
