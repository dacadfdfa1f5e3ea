package fr.grandlivre.api.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.grandlivre.api.GrandLivreTest;
import fr.grandlivre.command.Commands;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

@GrandLivreTest
class ShippedFrameworksTest {
    @Autowired
    Commands commands;

    @Autowired
    Frameworks frameworks;

    @Autowired
    LedgerReader ledger;

    @Autowired
    Settings settings;

    @Autowired
    Environment environment;

    private ShippedFrameworks startWith(Frameworks contents) {
        return new ShippedFrameworks(commands, contents, ledger, settings, environment);
    }

    @Test
    void every_shipped_version_is_published_and_a_second_start_publishes_nothing() {
        long before = ledger.head();
        assertThat(ledger.page(0, 2))
                .allSatisfy(event -> assertThat(event.type()).isEqualTo("framework.version-published"));
        startWith(frameworks).start();
        assertThat(ledger.head()).isEqualTo(before);
    }

    @Test
    void a_version_with_other_content_refuses_the_start_and_says_what_to_delete() {
        long before = ledger.head();
        Framework shipped = frameworks.earliest();
        Framework edited = new Framework(
                shipped.version(),
                shipped.validFrom(),
                shipped.scale(),
                shipped.pick(),
                shipped.delays(),
                shipped.domains(),
                "0".repeat(64));
        StartRefused refused = catchThrowableOfType(
                StartRefused.class,
                () -> startWith(new Frameworks(List.of(edited))).start());
        assertThat(refused).hasMessageContaining("version " + shipped.version());
        assertThat(refused.cure()).contains("rm -rf " + settings.data());
        assertThat(ledger.head()).isEqualTo(before);
    }
}
