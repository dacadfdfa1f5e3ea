package fr.grandlivre.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.api.GrandLivre;
import fr.grandlivre.api.TestPlace;
import fr.grandlivre.store.log.LastCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

class StartRefusedTest {
    @TempDir
    Path place;

    private static void isRefused(String cause, String... arguments) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(GrandLivre.class)
                .initializers(new TestPlace())
                .logStartupInfo(false);
        assertThatThrownBy(() -> application.run(arguments))
                .isInstanceOfSatisfying(StartRefused.class, refused -> {
                    assertThat(refused.getExitCode()).isEqualTo(78);
                    assertThat(refused.cure()).isNotBlank();
                })
                .hasMessageContaining(cause);
    }

    @Test
    void demo_together_with_prod_is_refused() {
        isRefused("demo and prod exclude each other", "--spring.profiles.active=demo,prod");
    }

    @Test
    void a_demonstration_beyond_this_machine_is_refused() {
        isRefused("beyond this machine", "--spring.profiles.active=demo", "--server.address=0.0.0.0");
    }

    @Test
    void a_missing_secret_is_refused_in_production_and_drawn_elsewhere() throws IOException {
        Settings settings = new Settings(place, null, null, null);
        assertThatThrownBy(() -> new SecretFiles(settings, profile("prod")).read("pepper"))
                .isInstanceOf(StartRefused.class);
        byte[] drawn = new SecretFiles(settings, profile("demo")).read("pepper");
        assertThat(drawn).hasSize(32);
        assertThat(new SecretFiles(settings, profile("prod")).read("pepper")).isEqualTo(drawn);
        Files.setPosixFilePermissions(
                settings.secretFiles().resolve("pepper"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> new SecretFiles(settings, profile("prod")).read("pepper"))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("accessible to other users");
    }

    @Test
    void a_ledger_that_ends_before_its_last_checkpoint_is_refused() {
        LastCheckpoint kept = new LastCheckpoint(place.resolve("last-checkpoint"));
        assertThatThrownBy(() -> LogWiring.refuseBehind(9, 10, kept))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("position 9");
        assertThatCode(() -> LogWiring.refuseBehind(10, 10, kept)).doesNotThrowAnyException();
    }

    @Test
    void a_log_without_a_name_of_its_own_is_refused_beyond_a_demonstration() {
        LogWiring.Reading log = new LogWiring.Reading();
        Settings settings = new Settings(place, null, null, null);
        LedgerKeys keys = LedgerKeys.open(new SecretFiles(settings, profile("demo")), true);
        assertThatThrownBy(() -> log.checkpointSigner(keys, settings, profile("prod")))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("public address");
        assertThat(log.checkpointSigner(keys, settings, profile("demo"))
                        .verifier()
                        .name())
                .isEqualTo("localhost/log1");
    }

    private static Environment profile(String name) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(name);
        return environment;
    }
}
