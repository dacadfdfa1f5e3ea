package fr.grandlivre.bench.learners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Signing keys of a new installation, made with keytool as {@code ops/docs/transparency-log.md} says. */
public final class InstallationKeys {
    private static final String STORE = "ledger-keys.p12";
    private static final String PASSWORD = "ledger-keys.password";
    private static final List<String> ED25519 = List.of("-keyalg", "Ed25519");
    private static final List<String> P256 =
            List.of("-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA");

    private InstallationKeys() {}

    /** @param secrets directory of secret files; created */
    public static void make(Path secrets) throws IOException, InterruptedException {
        Files.createDirectories(secrets);
        Path password = secrets.resolve(PASSWORD);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, UUID.randomUUID().toString());
        for (String entry : List.of("log", "credential", "receipt")) {
            generate(secrets, entry, ED25519);
        }
        generate(secrets, "seal", P256);
        Files.setPosixFilePermissions(secrets.resolve(STORE), PosixFilePermissions.fromString("rw-------"));
    }

    private static void generate(Path secrets, String entry, List<String> algorithm)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                secrets.resolve(STORE).toString(),
                "-storetype",
                "PKCS12",
                "-storepass:file",
                secrets.resolve(PASSWORD).toString(),
                "-alias",
                entry,
                "-dname",
                "CN=Grand Livre",
                "-validity",
                "3650"));
        command.addAll(algorithm);
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool made no key " + entry);
        }
    }
}
