package fr.grandlivre.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.api.GrandLivre;
import fr.grandlivre.api.SeededTest;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.wiring.DemoClock;
import fr.grandlivre.api.wiring.Settings;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.replay.Rebuild;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.store.LedgerReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;

@SeededTest
// It looks at the past as seeded: nobody may have added to it.
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
class DemoSeederTest {
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private static final Duration NOW_AND_THEN = Duration.ofMillis(5);

    /** Some answers in, the session in March not yet. */
    private static final long INTERRUPTED_AT = 1_500;

    private static final Set<String> SHARED_STREAMS =
            Set.of("school.roster-changed", "campaign.code-reserved", "verification.code-reserved");

    @Autowired
    ApplicationContext seeded;

    @TempDir
    Path home;

    /** What two seedings share; ids, salts and ciphertexts of events differ. */
    private record Fact(long position, String stream, int seq, String type, Instant recordedAt) {}

    // Nor is the registration of the partner's program part of the past: its secret is drawn at each start.
    private static List<Fact> facts(ApplicationContext application) {
        List<Fact> facts = new ArrayList<>();
        LedgerReader ledger = application.getBean(LedgerReader.class);
        ledger.scan(
                0,
                ledger.head(),
                1_000,
                page -> page.stream()
                        .filter(event -> !event.type().equals("identity.partner-registered"))
                        .forEach(event -> facts.add(new Fact(
                                event.position(),
                                event.stream().toString(),
                                event.seq(),
                                event.type(),
                                event.recordedAt()))));
        return facts;
    }

    private static void assertViewsAreWhatTheLedgerSays(ApplicationContext application) throws InterruptedException {
        Rebuild rebuild = application.getBean(Rebuild.class);
        long head = application.getBean(LedgerReader.class).head();
        for (Projection view : application.getBeansOfType(Projection.class).values()) {
            assertThat(application.getBean(ViewPositions.class).await(view.name(), head, LIMIT))
                    .isTrue();
            Rebuild.Comparison comparison = rebuild.compare(view, _ -> {});
            assertThat(comparison.live()).as(view.name()).isEqualTo(comparison.rebuilt());
        }
    }

    private SpringApplicationBuilder elsewhere() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new SpringApplicationBuilder(GrandLivre.class)
                    .profiles("demo")
                    .properties(
                            "server.port=" + free.getLocalPort(),
                            "grandlivre.home=" + home.toAbsolutePath(),
                            "grandlivre.documents.in-background=false",
                            "spring.jmx.enabled=false");
        }
    }

    /** Keys of certificates are compared by an HMAC under this secret. */
    private void samePepper() throws IOException {
        Path secrets = Files.createDirectories(home.resolve(".grand-livre/secrets"));
        Files.copy(
                seeded.getBean(Settings.class).secretFiles().resolve("pepper"),
                secrets.resolve("pepper"),
                StandardCopyOption.COPY_ATTRIBUTES);
    }

    private void interruptASeeding() throws Exception {
        AtomicReference<ConfigurableApplicationContext> starting = new AtomicReference<>();
        SpringApplicationBuilder application = elsewhere().initializers(starting::set);
        CompletableFuture<Void> run =
                CompletableFuture.runAsync(() -> application.run().close());
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (head(starting.get()) < INTERRUPTED_AT) {
            assertThat(run).as("the seeding went on").isNotDone();
            assertThat(System.nanoTime()).as("the seeding reached its middle").isLessThan(deadline);
            LockSupport.parkNanos(NOW_AND_THEN.toNanos());
        }
        starting.get().close();
        try {
            run.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            throw new AssertionError("the seeding was over before it was interrupted");
        } catch (ExecutionException _) {
            // Its ledger went away under it.
        }
    }

    private static long head(ConfigurableApplicationContext context) {
        return context != null && context.isRunning()
                ? context.getBean(LedgerReader.class).head()
                : 0;
    }

    /** What does not depend on who else is in the same school, nor on the order of draws. */
    private static Set<Object> ofPeople(List<Fact> facts) {
        return facts.stream()
                .filter(fact -> !SHARED_STREAMS.contains(fact.type()))
                .map(fact -> List.of(fact.stream(), fact.seq(), fact.type(), fact.recordedAt()))
                .collect(Collectors.toSet());
    }

    private static long count(List<Fact> facts, String type) {
        return facts.stream().filter(fact -> fact.type().equals(type)).count();
    }

    private static void assertWhole(ApplicationContext whole, List<Fact> facts) {
        assertThat(facts).extracting(Fact::recordedAt).isSorted();
        assertThat(facts.getLast().recordedAt()).isBefore(DemoClock.FIRST_START);
        assertThat(facts).hasSizeBetween(15_000, 60_000);
        assertThat(count(facts, "certificate.issued")).isGreaterThan(30);
        assertThat(count(facts, "campaign.results-shared")).isGreaterThan(300);
        assertThat(count(facts, "person.erased")).isZero();
        // The seeding ends when the views show it.
        SchoolReportQueries rosters = whole.getBean(SchoolReportQueries.class);
        SchoolYear thisYear = new SchoolYear("2021-2022");
        assertThat(rosters.divisions(DemoAccount.TILLEULS, thisYear))
                .isEqualTo(Map.of(new Division("3eA"), 30, new Division("4eA"), 30, new Division("5eA"), 30));
        assertThat(rosters.divisions(DemoAccount.PORT, thisYear)).isEqualTo(Map.of(new Division("3eB"), 30));
        for (String year : List.of("2019-2020", "2020-2021")) {
            assertThat(rosters.divisions(DemoAccount.TILLEULS, new SchoolYear(year)))
                    .as(year)
                    .hasSizeGreaterThanOrEqualTo(3);
            assertThat(rosters.divisions(DemoAccount.PORT, new SchoolYear(year)))
                    .as(year)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    /** Tests count on the small past, visitors get the whole one: what both tell of somebody is the same. */
    @Test
    void an_interrupted_seeding_goes_on_to_the_whole_past_with_every_fact_of_the_small_one_and_is_never_repeated()
            throws Exception {
        samePepper();
        interruptASeeding();
        List<Fact> facts;
        try (ConfigurableApplicationContext whole = elsewhere().run()) {
            assertThat(whole.getBean(DemoClock.class).instant())
                    .isBetween(DemoClock.FIRST_START, DemoClock.FIRST_START.plus(LIMIT));
            facts = facts(whole);
            assertWhole(whole, facts);
            assertThat(ofPeople(facts)).containsAll(ofPeople(facts(seeded)));
            assertViewsAreWhatTheLedgerSays(whole);
        }
        try (ConfigurableApplicationContext after = elsewhere().run()) {
            assertThat(facts(after)).isEqualTo(facts);
            assertThat(after.getBean(DemoClock.class).instant())
                    .isBetween(DemoClock.FIRST_START, DemoClock.FIRST_START.plus(LIMIT));
        }
    }

    @Test
    void the_past_ends_before_the_first_start_and_its_clock_never_went_back() {
        List<Fact> facts = facts(seeded);
        assertThat(facts).extracting(Fact::recordedAt).isSorted();
        assertThat(facts.getFirst().recordedAt()).isEqualTo(DemoPast.BEGIN);
        assertThat(facts.getLast().recordedAt()).isBefore(DemoClock.FIRST_START);
        assertThat(seeded.getBean(DemoClock.class).instant()).isAfterOrEqualTo(DemoClock.FIRST_START);
    }

    @Test
    void two_pupils_share_their_name_one_has_no_number_and_one_never_answered() {
        List<DemoPupil> pupils = DemoPupils.tilleuls3eA();
        assertThat(pupils.stream()
                        .map(pupil -> pupil.lastName() + pupil.firstName())
                        .distinct())
                .hasSize(29);
        assertThat(pupils.stream().filter(pupil -> pupil.ine() == null)).hasSize(1);
        assertThat(pupils.stream().filter(pupil -> !pupil.takesPart())).hasSize(1);
    }
}
