package fr.grandlivre.api.demo;

import fr.grandlivre.api.demo.DemoPast.Scene;
import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.wiring.DemoClock;
import fr.grandlivre.api.wiring.DemoDraws;
import fr.grandlivre.api.wiring.LastRecorded;
import fr.grandlivre.api.wiring.LiveProcessors;
import fr.grandlivre.api.wiring.Settings;
import fr.grandlivre.command.Commands;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives the demonstration its past, once, by the same commands that people send: into an empty ledger, or on from where an
 * interrupted run stopped. Same seed, same facts in every stream; what
 * happens at one instant stands in any order.
 */
@Component
@Profile("demo")
@ConditionalOnProperty(name = "grandlivre.demo-data", havingValue = "true", matchIfMissing = true)
public class DemoSeeder implements ApplicationRunner {
    private static final int STEP_PERCENT = 10;
    private static final Duration VIEWS_PATIENCE = Duration.ofSeconds(60);

    private final DemoClock clock;
    private final DemoDraws draws;
    private final Commands commands;
    private final Frameworks frameworks;
    private final CodeMacs macs;
    private final LedgerReader reader;
    private final DemoLedger ledger;
    private final ViewPositions positions;
    private final List<Projection> views;
    private final LiveProcessors live;
    private final Settings settings;
    private final DemoSize size;
    private final Instant recordedBefore;
    private final boolean owed;
    private int printedPercent = -STEP_PERCENT;

    DemoSeeder(
            DemoClock clock,
            DemoDraws draws,
            Commands commands,
            Frameworks frameworks,
            CodeMacs macs,
            LedgerReader reader,
            LedgerTail tail,
            EventCodec codec,
            ViewPositions positions,
            List<Projection> views,
            LiveProcessors live,
            Settings settings,
            DemoSize size,
            LastRecorded last) {
        this.clock = clock;
        this.draws = draws;
        this.commands = commands;
        this.frameworks = frameworks;
        this.macs = macs;
        this.reader = reader;
        this.ledger = new DemoLedger(reader, tail, codec);
        this.positions = positions;
        this.views = views;
        this.live = live;
        this.settings = settings;
        this.size = size;
        this.recordedBefore = last.instant().orElse(DemoPast.BEGIN);
        this.owed = !isComplete() && (isEmpty() || isBegun());
        if (owed) {
            // Before anything else writes: policies left over from an interrupted run belong to the past, too.
            clock.hold(recordedBefore);
            draws.repeat(DemoSeed.SEED);
        }
    }

    // The last command of the past enrols the last candidate of today's session.
    private boolean isComplete() {
        return reader.lastSeq(DemoSessions.TODAY.session().value()).orElse(-1) >= DemoSessions.CANDIDATES;
    }

    private boolean isBegun() {
        return reader.lastSeq(DemoPast.firstStream()).isPresent();
    }

    // Every start publishes the framework versions and the mention rules.
    private boolean isEmpty() {
        return reader
                .page(0, frameworks.versions().size() + MentionRule.shipped().size() + 1)
                .stream()
                .allMatch(event ->
                        event.type().startsWith("framework.") || event.type().equals("schoolreport.rule-published"));
    }

    @Override
    public void run(ApplicationArguments arguments) throws InterruptedException {
        if (owed) {
            lookingOn().forEach(view -> live.pause(view.name()));
            DemoActs acts = new DemoActs(commands::dispatch, clock, DemoPast.BEGIN, recordedBefore);
            VirtualLearners learners = new VirtualLearners(acts, frameworks);
            DemoSittings sittings = new DemoSittings(acts, learners, frameworks, macs, ledger);
            DemoCampaigns campaigns = new DemoCampaigns(acts, learners, frameworks, ledger);
            List<Scene> others = size.whole()
                    ? new DemoCohorts(acts, learners, campaigns, sittings, ledger, size.classes()).scenes()
                    : List.of();
            new DemoPast(acts, learners, new DemoSessions(acts, sittings, ledger), campaigns, others)
                    .happen(this::progress);
            draws.surprise();
            // From now on they look on: the whole past at once costs them little more than one event of it.
            lookingOn().forEach(view -> live.resume(view.name()));
            for (Projection view : views) {
                boolean _ = positions.await(view.name(), reader.head(), VIEWS_PATIENCE);
            }
            clock.move(DemoClock.FIRST_START);
        } else if (!isComplete()) {
            print("Le registre contient déjà d’autres faits : les données de démonstration n’y sont pas ajoutées.\n"
                    + "Pour les charger, arrêter, supprimer le dossier de données et redémarrer : rm -rf "
                    + settings.data() + "\n");
        }
    }

    /** The views that nobody asks before the past is over. Enrolments look up the roster: it goes on. */
    private Stream<Projection> lookingOn() {
        return views.stream().filter(view -> !view.name().equals(SchoolReportQueries.VIEW));
    }

    private void progress(Instant reached) {
        long past = Duration.between(DemoPast.BEGIN, DemoClock.FIRST_START).toSeconds();
        int percent = (int) (100 * Duration.between(DemoPast.BEGIN, reached).toSeconds() / past);
        if (percent >= printedPercent + STEP_PERCENT) {
            printedPercent = percent / STEP_PERCENT * STEP_PERCENT;
            print(String.format(
                    Locale.FRANCE,
                    "Données de démonstration : %d %% (%2$tB %2$tY, %3$,d événements)%n",
                    percent,
                    reached.atZone(DemoClock.PARIS),
                    reader.head()));
        }
    }

    /** What a visitor needs besides the accounts. */
    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void printCodes() {
        DemoSessions.freshCode(ledger)
                .ifPresent(code -> print(String.format(
                        Locale.ROOT,
                        """

                          Certificats à vérifier : P-234567 (importé), %s (délivré en avril 2022)%s
                          Session du 16 mai 2022 : numéro %d, code d’accès %s, code des surveillants %s

                        """,
                        code.value(),
                        ledger.event(DemoCohorts.EXPIRED.value(), CertificateImported.class)
                                .map(expired -> ", " + expired.code() + " (expiré)")
                                .orElse(""),
                        DemoSessions.TODAY.number(),
                        DemoSessions.TODAY.accessCode(),
                        DemoSessions.TODAY.invigilatorCode())));
    }

    /** The console of this machine, where the passwords are, too. */
    private static void print(String text) {
        System.out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
