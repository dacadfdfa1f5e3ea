package fr.grandlivre.api.demo;

import fr.grandlivre.api.demo.DemoSittings.Papers;
import fr.grandlivre.api.demo.DemoSittings.Place;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.ParisDays;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * Three sessions in the centre of Tilleuls: one sat and published in March, one sat in May that waits for its jury, and one
 * planned for the day of the first start.
 */
final class DemoSessions {
    /** Candidates of each session. */
    static final int CANDIDATES = 12;

    private static final Papers MARCH = new Papers(
            new SessionId(DemoSeed.id("session/march")),
            220315,
            LocalDateTime.parse("2022-03-15T14:00"),
            "RTVW47",
            "C4K9M",
            Place.TILLEULS);

    private static final Papers MAY = new Papers(
            new SessionId(DemoSeed.id("session/may")),
            220510,
            LocalDateTime.parse("2022-05-10T14:00"),
            "GHXT92",
            "W3R7D",
            Place.TILLEULS);

    /** Candidates of the session that waits for its jury. */
    static final int CANDIDATES_OF_MAY = 3;

    /** The session of the day of the first start. */
    static final Papers TODAY = new Papers(
            new SessionId(DemoSeed.id("session/today")),
            220516,
            LocalDateTime.parse("2022-05-16T09:00"),
            "MJKP36",
            "H7M4K",
            Place.TILLEULS);

    private static final UUID JURY_1 = DemoSittings.OFFICER;
    private static final UUID JURY_2 = DemoAccount.accountOf("jury-2").value();

    /** What happens to which candidate of March, in the order of enrolment. */
    private static final int REVOKED = 1;

    private static final int SUSPENDED = 2;
    private static final int REPLACED = 3;
    private static final int NEUTRALISED = 4;
    private static final int CANCELLED = 5;
    private static final int FRAUDULENT = 6;
    private static final int WAITING = 7;

    private final DemoActs acts;
    private final DemoSittings sittings;
    private final DemoLedger ledger;
    private final SequencedMap<DemoPupil, ExamId> march = new LinkedHashMap<>();
    private final SequencedMap<DemoPupil, ExamId> may = new LinkedHashMap<>();

    DemoSessions(DemoActs acts, DemoSittings sittings, DemoLedger ledger) {
        this.acts = acts;
        this.sittings = sittings;
        this.ledger = ledger;
    }

    boolean satInMarch(DemoPupil pupil) {
        return march.containsKey(pupil);
    }

    void planMarch() {
        introduceInvigilator();
        sittings.plan(MARCH);
    }

    private void introduceInvigilator() {
        AccountId account = Place.TILLEULS.invigilator();
        acts.send(
                "invigilator/name",
                new OpenAccount(account, new AccountIdentity("Dominique", "Morel", null, null)),
                account.value(),
                Role.INVIGILATOR);
        acts.send(
                "invigilator/role",
                new GrantRole(
                        account,
                        Role.INVIGILATOR,
                        new Scope(DemoAccount.TILLEULS, null),
                        ParisDays.of(acts.now()),
                        null),
                account.value(),
                Role.INVIGILATOR);
    }

    void planMay() {
        sittings.plan(MAY);
    }

    void planToday() {
        sittings.plan(TODAY);
    }

    void enrolForMarch(List<DemoPupil> candidates) {
        march.putAll(sittings.enrol(MARCH, candidates));
    }

    void enrolForMay(List<DemoPupil> candidates) {
        may.putAll(sittings.enrol(MAY, candidates));
    }

    void enrolForToday(List<DemoPupil> candidates) {
        sittings.enrol(TODAY, candidates);
    }

    void sitMarch() {
        sittings.sit(MARCH, march);
    }

    void sitMay() {
        sittings.sit(MAY, may);
    }

    void finaliseMarch() {
        sittings.finalise(MARCH, march, "Le réseau a été coupé cinq minutes vers 15 h.");
    }

    void finaliseMay() {
        sittings.finalise(MAY, may, null);
    }

    /** Before publication one person decides: a question is taken out, an exam cancelled, another one rejected for fraud. */
    void examineMarch() {
        sittings.assignOfficer(MARCH);
        ExamId neutralised = exam(NEUTRALISED);
        acts.send(
                DemoSittings.step(MARCH, "neutralise"),
                new PerformJuryAct(
                        neutralised,
                        new JuryAct(
                                JuryActKind.NEUTRALISE_QUESTION,
                                SessionEvent.ReasonCode.JURY,
                                "Le site à visiter était indisponible pendant la coupure.",
                                failed(neutralised),
                                null,
                                null)),
                JURY_1,
                Role.JURY);
        acts.send(
                DemoSittings.step(MARCH, "cancel"),
                new PerformJuryAct(
                        exam(CANCELLED),
                        JuryAct.of(
                                JuryActKind.CANCEL_EXAM,
                                SessionEvent.ReasonCode.ADMINISTRATIVE,
                                "Le candidat était inscrit à une autre session le même jour.")),
                JURY_1,
                Role.JURY);
        acts.send(
                DemoSittings.step(MARCH, "fraud"),
                new PerformJuryAct(
                        exam(FRAUDULENT),
                        JuryAct.of(
                                JuryActKind.REJECT_FOR_FRAUD,
                                SessionEvent.ReasonCode.FRAUD,
                                "Un téléphone a servi pendant toute l’épreuve.")),
                JURY_2,
                Role.JURY);
    }

    /** What the centre reads beside the results. */
    void commentMarch() {
        acts.send(
                DemoSittings.step(MARCH, "comment"),
                new CommentExam(
                        exam(FRAUDULENT), true, "Le jury invite l’établissement à rappeler les règles de l’épreuve."),
                JURY_2,
                Role.JURY);
    }

    /** @return the last question that was not answered right */
    private int failed(ExamId exam) {
        return ledger.events(exam.value(), ExamAnswerRecorded.class).stream()
                .filter(answer -> answer.outcome() != Outcome.OK)
                .mapToInt(ExamAnswerRecorded::number)
                .max()
                .orElse(1);
    }

    private ExamId exam(int candidate) {
        return List.copyOf(march.values()).get(candidate);
    }

    void publishMarch() {
        sittings.publish(MARCH, march.values());
    }

    /** A pupil closes the verification of the own certificate. */
    void hide() {
        CertificateIssued own = List.copyOf(march.values()).subList(WAITING + 1, march.size()).stream()
                .flatMap(exam -> sittings.issued(exam, 1).stream())
                .findFirst()
                .orElseThrow();
        acts.send(
                DemoSittings.step(MARCH, "hide"),
                new ChooseVisibility(own.certificateId(), own.learner(), Visibility.NOBODY),
                own.learner().value(),
                Role.LEARNER);
    }

    void revoke() {
        CertificateId certificate = certificateOf(REVOKED);
        byTwo(
                "revoke",
                REVOKED,
                JuryAct.of(
                        JuryActKind.REVOKE_CERTIFICATE,
                        SessionEvent.ReasonCode.FRAUD,
                        "Une autre personne a passé une partie de l’épreuve."),
                JURY_2,
                JURY_1);
        ledger.await(
                "the revocation",
                () -> ledger.event(certificate.value(), CertificateRevoked.class)
                        .isPresent());
    }

    void suspend() {
        CertificateId certificate = certificateOf(SUSPENDED);
        byTwo(
                "suspend",
                SUSPENDED,
                JuryAct.of(
                        JuryActKind.SUSPEND_CERTIFICATE,
                        SessionEvent.ReasonCode.JURY,
                        "Vérification de l’identité demandée par le centre."),
                JURY_1,
                JURY_2);
        ledger.await(
                "the suspension",
                () -> ledger.event(certificate.value(), CertificateSuspended.class)
                        .isPresent());
    }

    /** The birth place was misspelt: another certificate takes the place of the first. */
    void correctIdentity() {
        DemoPupil pupil = List.copyOf(march.keySet()).get(REPLACED);
        CandidateIdentity printed = pupil.asCandidate();
        byTwo(
                "identity",
                REPLACED,
                new JuryAct(
                        JuryActKind.CORRECT_IDENTITY,
                        SessionEvent.ReasonCode.IDENTITY_CORRECTED,
                        "Le livret de famille porte un autre lieu de naissance.",
                        null,
                        null,
                        new CandidateIdentity(
                                printed.firstName(),
                                printed.lastName(),
                                printed.birthDate(),
                                printed.birthPlace() + "-sur-Loire")),
                JURY_1,
                JURY_2);
        ledger.await("the replacement", () -> sittings.issued(exam(REPLACED), 2).isPresent());
    }

    /** A second revocation that nobody has confirmed yet. */
    void propose() {
        acts.send(
                DemoSittings.step(MARCH, "waiting"),
                new ProposeJuryAct(
                        DemoActs.commandId(DemoSittings.step(MARCH, "waiting")),
                        exam(WAITING),
                        JuryAct.of(
                                JuryActKind.SUSPEND_CERTIFICATE,
                                SessionEvent.ReasonCode.ADMINISTRATIVE,
                                "Le centre doit encore transmettre la feuille d’émargement."),
                        new AccountId(JURY_2)),
                JURY_2,
                Role.JURY);
    }

    private void byTwo(String what, int candidate, JuryAct act, UUID proposer, UUID confirmer) {
        ExamId exam = exam(candidate);
        UUID proposal = DemoActs.commandId(DemoSittings.step(MARCH, what));
        acts.send(
                DemoSittings.step(MARCH, what),
                new ProposeJuryAct(proposal, exam, act, new AccountId(proposer)),
                proposer,
                Role.JURY);
        acts.pass(Duration.ofMinutes(50));
        acts.send(
                DemoSittings.step(MARCH, what + "/confirm"),
                new ConfirmJuryAct(exam, proposal, new AccountId(confirmer)),
                confirmer,
                Role.JURY);
    }

    /** @return the code of a certificate of March that is valid; empty before there is one */
    static Optional<VerificationCode> freshCode(DemoLedger ledger) {
        DemoPupil pupil = DemoPupils.port3eB().getFirst();
        ExamId exam = DemoSittings.exam(MARCH, pupil);
        return ledger.event(StreamIds.certificate(exam, 1).value(), CertificateIssued.class)
                .map(CertificateIssued::code);
    }

    private CertificateId certificateOf(int candidate) {
        return StreamIds.certificate(exam(candidate), 1);
    }
}
