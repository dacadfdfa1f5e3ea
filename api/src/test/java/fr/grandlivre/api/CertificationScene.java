package fr.grandlivre.api;

import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.api.security.DemoLogins;
import fr.grandlivre.command.Caller;
import fr.grandlivre.command.Command;
import fr.grandlivre.command.Commands;
import fr.grandlivre.command.Outcome;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.certificate.CertificateCommand.ImportCertificate;
import fr.grandlivre.command.evaluation.EvaluationCommand.RecordAnswer;
import fr.grandlivre.command.evaluation.EvaluationCommand.StartTimer;
import fr.grandlivre.command.school.SchoolCommand.EnrolPupil;
import fr.grandlivre.command.school.SchoolCommand.RegisterSchool;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.SessionCommand.OpenCentre;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.ReasonCode;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.query.ViewPositions;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.profile.ProfileQueries;
import fr.grandlivre.query.schoolreport.RosterPupil;
import fr.grandlivre.query.schoolreport.SchoolReportQueries;
import fr.grandlivre.query.session.SessionQueries;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.AnsweringModel;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.NextChallenge;
import fr.grandlivre.rules.evaluation.Response;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.VerificationCodeText;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.Sealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A school with a centre and certifiable pupils, made by commands. What another test of the same application made already is
 * left as it is.
 */
public final class CertificationScene {
    /** Competences with level 1 that an exam asks for. */
    private static final int NEEDED = 5;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApplicationContext application;
    private final Commands commands;
    private final Frameworks frameworks;
    private final ServerClock clock;

    public CertificationScene(ApplicationContext application) {
        this.application = application;
        this.commands = application.getBean(Commands.class);
        this.frameworks = application.getBean(Frameworks.class);
        this.clock = application.getBean(ServerClock.class);
    }

    public long head() {
        return application.getBean(LedgerReader.class).head();
    }

    /** @return how many facts are recorded, besides who read what */
    public long facts() {
        return Objects.requireNonNull(application
                .getBean(JdbcTemplate.class)
                .queryForObject(
                        "SELECT count(*) FROM ledger.event e JOIN ledger.event_type t ON t.id = e.type"
                                + " WHERE t.name NOT LIKE 'access.%'",
                        Long.class));
    }

    /** @return the account that signs in by this name */
    public DemoAccount account(String login) {
        return DemoLogins.of(application).stream()
                .filter(known -> known.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for what a policy or a view does after an answer was given. */
    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after " + PATIENCE);
            }
            Thread.onSpinWait();
        }
    }

    public Outcome send(Command command) {
        return commands.dispatch(command, Caller.first(UUID.randomUUID(), UUID.randomUUID(), Role.OPERATOR, null));
    }

    /** Somebody brings a certificate of 2021 along; every view shows it. */
    public CertificateId certified(LearnerId learner) {
        CertificateId certificate = new CertificateId(UUID.randomUUID());
        send(new ImportCertificate(
                certificate,
                learner,
                VerificationCodeText.draw(new SecureRandom(), 6).value(),
                LocalDate.of(2021, 10, 13),
                LocalDate.of(2021, 11, 13),
                LocalDate.of(2024, 11, 13),
                new CertificateEvent.Centre(null, "Essai"),
                new TreeMap<>(Map.of(new CompetenceCode("1.1"), new Level(1))),
                null,
                null,
                null,
                "essai",
                new CertificateHolder("Hana", "Dupont", LocalDate.of(2007, 2, 28), "Ici", null)));
        awaitViews();
        return certificate;
    }

    /** Two members of a jury end an imported certificate; every view shows it. */
    public void revoke(CertificateId certificate, ReasonCode why) {
        ExamId sitting = StreamIds.importedSitting(certificate);
        UUID act = UUID.randomUUID();
        send(new ProposeJuryAct(
                act,
                sitting,
                certificate,
                JuryAct.of(JuryActKind.REVOKE_CERTIFICATE, why, "décision du jury"),
                new AccountId(UUID.randomUUID())));
        send(new ConfirmJuryAct(sitting, act, certificate, new AccountId(UUID.randomUUID())));
        CertificateQueries certificates = application.getBean(CertificateQueries.class);
        await(() -> certificates.byId(certificate).orElseThrow().standing().revocation() != null);
        awaitViews();
    }

    /** Waits until every view shows everything that is recorded. */
    public void awaitViews() {
        ViewPositions views = application.getBean(ViewPositions.class);
        try {
            for (String view : List.of(
                    "profile",
                    "verification",
                    "session",
                    "schoolreport",
                    "evaluation",
                    "campaign",
                    "document",
                    "privacy",
                    "erasure",
                    "audit")) {
                if (!views.await(view, head(), PATIENCE)) {
                    throw new AssertionError(view + " is behind");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Waits until everything that is recorded is under a checkpoint. */
    public void awaitSealed() {
        long head = head();
        Sealer sealer = application.getBean(Sealer.class);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (sealer.size() < head) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not sealed: " + sealer.refusal());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** The school is registered and holds a certification centre. */
    public void school(Uai uai, String name) {
        awaitViews();
        if (application.getBean(SchoolReportQueries.class).schoolName(uai).isEmpty()) {
            send(new RegisterSchool(new SchoolId(UUID.randomUUID()), uai, name, Kind.COLLEGE, null));
        }
        if (application.getBean(SessionQueries.class).centreOf(uai).isEmpty()) {
            send(new OpenCentre(new CentreId(UUID.randomUUID()), name, uai));
        }
        awaitViews();
    }

    /** @return the learner's place on the roster of the year of today, made when there was none */
    public RosterPupil pupil(Uai uai, LearnerId learner, String division, String firstName, String lastName) {
        return pupil(uai, learner, division, firstName, lastName, null);
    }

    /** Like the other one, with a national number. */
    public RosterPupil pupil(
            Uai uai, LearnerId learner, String division, String firstName, String lastName, @Nullable String ine) {
        SchoolYear year = SchoolYear.of(ParisDays.of(clock.now()));
        SchoolReportQueries rosters = application.getBean(SchoolReportQueries.class);
        if (rosters.pupil(uai, year, learner).isEmpty()) {
            UUID school = application
                    .getBean(JdbcTemplate.class)
                    .queryForObject("SELECT school FROM schoolreport.school WHERE uai = ?", UUID.class, uai.value());
            send(new EnrolPupil(
                    new SchoolId(school),
                    year,
                    learner,
                    new Division(division),
                    "3e",
                    new PupilIdentity(firstName, null, null, lastName, LocalDate.of(2007, 10, 5), ine),
                    null));
            awaitViews();
        }
        return rosters.pupil(uai, year, learner).orElseThrow();
    }

    /** The learner has level 1 or more in five competences, by right answers. */
    public void certifiable(LearnerId learner) {
        int reached = 0;
        for (CompetenceCode code : frameworks.inForce(clock.now()).competences().stream()
                .map(Competence::code)
                .sorted()
                .toList()) {
            if (reached < NEEDED && reachesLevel1(learner, code)) {
                reached++;
            }
        }
        awaitViews();
    }

    /** Another test may have used the competence up: then the next one serves. */
    private boolean reachesLevel1(LearnerId learner, CompetenceCode code) {
        ProfileQueries profiles = application.getBean(ProfileQueries.class);
        Knowledge known = profiles.knowledge(learner, code);
        while (known.score().level().value() < 1) {
            if (!answer(learner, code, CertificationScene::right)) {
                return false;
            }
            known = profiles.knowledge(learner, code);
        }
        return true;
    }

    /** @return whether there was a question left to answer */
    public boolean answer(LearnerId learner, CompetenceCode code, Function<Challenge, Response> given) {
        Knowledge known = application.getBean(ProfileQueries.class).knowledge(learner, code);
        Instant now = clock.now();
        Framework framework = frameworks.inForce(now);
        Optional<NextChallenge> next =
                NextChallenge.due(StreamIds.evaluation(learner, code), known, framework, Set.of());
        if (next.isEmpty()) {
            return false;
        }
        Challenge due = next.get().challenge();
        if (due.isTimed()) {
            send(new StartTimer(learner, code, due.id(), null, now));
        }
        UUID command = UUID.randomUUID();
        Outcome outcome = commands.dispatch(
                new RecordAnswer(new AnswerId(command), learner, code, due.id(), given.apply(due), null, null, now),
                Caller.first(command, learner.value(), Role.LEARNER, null));
        if (!(outcome instanceof Outcome.Recorded)) {
            throw new AssertionError(outcome);
        }
        return true;
    }

    /** @return an answer that the challenge accepts */
    public static Response right(Challenge challenge) {
        return AnsweringModel.right(challenge);
    }
}
