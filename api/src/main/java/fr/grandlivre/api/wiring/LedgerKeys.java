package fr.grandlivre.api.wiring;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The keys with which the ledger signs, from {@code ledger-keys.p12} (PKCS#12) in the directory of secrets; its password
 * stands in {@code ledger-keys.password} beside it. A key that was replaced stays in the file as a certificate named
 * after its entry ({@code log.2031}), so that what it signed can still be checked. Immutable, thread-safe.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/rfc8410">RFC 8410, the form of Ed25519 keys</a>
 */
public final class LedgerKeys {
    static final String FILE = "ledger-keys.p12";
    static final String PASSWORD = "ledger-keys.password";

    private static final int RAW_ED25519_BYTES = 32;

    private final Map<Entry, SigningKey> current = new EnumMap<>(Entry.class);
    private final Map<Entry, List<PublicKey>> retired = new EnumMap<>(Entry.class);

    /** What a key is for. */
    public enum Entry {
        /** Checkpoints of the transparency log; Ed25519. */
        LOG,
        /** Portable credentials; Ed25519. */
        CREDENTIAL,
        /** Attestations in PDF; EC P-256 with a certificate that readers look at. */
        SEAL,
        /** Receipts of erasures; Ed25519. */
        RECEIPT;

        private String alias() {
            return name().toLowerCase(Locale.ROOT);
        }

        private KeyPair draw() throws GeneralSecurityException {
            if (this != SEAL) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        }

        private boolean fits(Key key) {
            return key.getAlgorithm().equals(this == SEAL ? "EC" : "EdDSA");
        }
    }

    /**
     * A private key and the certificate that stands with it.
     *
     * @param certificate self-signed for all but {@link Entry#SEAL}, where only its public key matters
     */
    public record SigningKey(PrivateKey privateKey, X509Certificate certificate) {
        public PublicKey publicKey() {
            return certificate.getPublicKey();
        }

        @Override
        public String toString() {
            return "SigningKey[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    private LedgerKeys(KeyStore store, char[] password, Path file) throws GeneralSecurityException {
        for (Entry entry : Entry.values()) {
            if (!(store.getKey(entry.alias(), password) instanceof PrivateKey key)
                    || !(store.getCertificate(entry.alias()) instanceof X509Certificate certificate)
                    || !entry.fits(key)) {
                throw new StartRefused(
                        "The key file " + file + " has no fitting entry \"" + entry.alias() + "\".",
                        "Add it with keytool: " + (entry == Entry.SEAL ? "EC P-256." : "Ed25519."));
            }
            current.put(entry, new SigningKey(key, certificate));
            retired.put(entry, retired(store, entry));
        }
    }

    private static List<PublicKey> retired(KeyStore store, Entry entry) throws GeneralSecurityException {
        List<PublicKey> keys = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (alias.startsWith(entry.alias() + ".")) {
                keys.add(store.getCertificate(alias).getPublicKey());
            }
        }
        return List.copyOf(keys);
    }

    /**
     * @param secrets where the file and its password are
     * @param demo    whether missing keys are drawn; otherwise a missing file and keys of a demonstration are refused
     * @throws StartRefused when the file is missing, readable by others, incomplete, or worth nothing here
     */
    static LedgerKeys open(SecretFiles secrets, boolean demo) {
        Path file = secrets.file(FILE);
        try {
            if (demo && !Files.exists(file)) {
                create(file, secrets.file(PASSWORD));
            }
            if (!Files.exists(file)) {
                throw new StartRefused(
                        "The key file " + file + " is missing.",
                        "Restore it from its backup; a new ledger gets one as the runbook says.");
            }
            SecretFiles.refuseOthers(file);
            LedgerKeys keys = read(file, password(secrets));
            if (!demo && keys.current.values().stream().anyMatch(key -> DemoCertificate.is(key.certificate()))) {
                throw new StartRefused(
                        "The key file " + file + " was made by a demonstration.",
                        "Make keys of your own as the runbook says.");
            }
            return keys;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static LedgerKeys read(Path file, char[] password) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, password);
            return new LedgerKeys(store, password, file);
        } catch (IOException | GeneralSecurityException closed) {
            throw new StartRefused(
                    "The key file " + file + " does not open with the password in " + PASSWORD + " beside it.",
                    "Restore both from the same backup.");
        }
    }

    private static char[] password(SecretFiles secrets) {
        return new String(secrets.read(PASSWORD), StandardCharsets.UTF_8)
                .strip()
                .toCharArray();
    }

    private static void create(Path file, Path passwordFile) throws IOException {
        byte[] random = new byte[RAW_ED25519_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.createDirectories(file.getParent());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (Entry entry : Entry.values()) {
                KeyPair pair = entry.draw();
                X509Certificate certificate =
                        DemoCertificate.selfSigned(pair, Clock.systemUTC().instant());
                store.setKeyEntry(
                        entry.alias(), pair.getPrivate(), password.toCharArray(), new X509Certificate[] {certificate});
            }
            // The password first, each complete before it has its name: a start that is cut short leaves nothing half.
            place(passwordFile, out -> out.write(password.getBytes(StandardCharsets.US_ASCII)));
            place(file, out -> {
                try {
                    store.store(out, password.toCharArray());
                } catch (GeneralSecurityException impossible) {
                    throw new IOException(impossible);
                }
            });
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java runtime lacks Ed25519, EC P-256 or PKCS#12", impossible);
        }
    }

    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private static void place(Path file, Content content) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(),
                "fresh",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(fresh)) {
            content.write(out);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @return the key that signs checkpoints */
    public SigningKey log() {
        return key(Entry.LOG);
    }

    /** @return the key that signs portable credentials */
    public SigningKey credential() {
        return key(Entry.CREDENTIAL);
    }

    /** @return the key that seals attestations */
    public SigningKey seal() {
        return key(Entry.SEAL);
    }

    /** @return the key that signs receipts of erasures */
    public SigningKey receipt() {
        return key(Entry.RECEIPT);
    }

    private SigningKey key(Entry entry) {
        SigningKey key = current.get(entry);
        if (key == null) {
            throw new IllegalStateException("every entry was checked when the file was read");
        }
        return key;
    }

    /** @return keys that signed before and still verify; without those known to be stolen, which were removed */
    public List<PublicKey> retired(Entry entry) {
        return retired.getOrDefault(entry, List.of());
    }

    /**
     * @param key an Ed25519 key
     * @return its 32 bytes, as signed notes and multikeys write them
     */
    public static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        if (!key.getAlgorithm().equals("EdDSA")) {
            throw new IllegalArgumentException("no Ed25519 key");
        }
        return Arrays.copyOfRange(encoded, encoded.length - RAW_ED25519_BYTES, encoded.length);
    }
}
