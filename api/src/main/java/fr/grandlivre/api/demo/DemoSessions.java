package fr.grandlivre.api.demo;

import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.identity.IdentityCommand.GrantRole;
import fr.grandlivre.command.identity.IdentityCommand.OpenAccount;
import fr.grandlivre.command.session.JuryAct;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
import fr.grandlivre.command.session.JuryCommand.CommentExam;
import fr.grandlivre.command.session.JuryCommand.ConfirmJuryAct;
import fr.grandlivre.command.session.JuryCommand.PerformJuryAct;
import fr.grandlivre.command.session.JuryCommand.ProposeJuryAct;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.command.session.SessionCommand.StartExamTimer;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Three sessions in the centre of Tilleuls: one sat and published in March, one sat in May that waits for its jury, and one
 * planned for the day of the first start.
 */
final class DemoSessions {
    /** Candidates of each session. */
    static final int CANDIDATES = 12;

    /**
     * A session as its papers name it.
     *
     * @param number          what people call it by
     * @param planned         day and time in Paris
     * @param accessCode      read out in the room
     * @param invigilatorCode typed by the invigilators
     */
    record Papers(SessionId session, int number, LocalDateTime planned, String accessCode, String invigilatorCode) {}

    private static final Papers MARCH = new Papers(
            new SessionId(DemoSeed.id("session/march")),
            220315,
            LocalDateTime.parse("2022-03-15T14:00"),
            "RTVW47",
            "C4K9M");

    private static final Papers MAY = new Papers(
            new SessionId(DemoSeed.id("session/may")),
            220510,
            LocalDateTime.parse("2022-05-10T14:00"),
            "GHXT92",
            "W3R7D");

    /** Candidates of the session that waits for its jury. */
    static final int CANDIDATES_OF_MAY = 3;

    /** The session of the day of the first start. */
    static final Papers TODAY = new Papers(
            new SessionId(DemoSeed.id("session/today")),
            220516,
            LocalDateTime.parse("2022-05-16T09:00"),
            "MJKP36",
            "H7M4K");

    private static final UUID HEAD =
            DemoAccount.accountOf("principale-tilleuls").value();
    private static final UUID INVIGILATOR =
            DemoAccount.accountOf("surveillant-tilleuls").value();
    private static final UUID JURY_1 = DemoAccount.accountOf("jury-1").value();
    private static final UUID JURY_2 = DemoAccount.accountOf("jury-2").value();
    private static final int EXTRA_TIME_PERCENT = 33;

    /** What happens to which candidate of March, in the order of enrolment. */
    private static final int REVOKED = 1;

    private static final int SUSPENDED = 2;
    private static final int REPLACED = 3;
    private static final int NEUTRALISED = 4;
    private static final int CANCELLED = 5;
    private static final int FRAUDULENT = 6;
    private static final int WAITING = 7;

    private final DemoActs acts;
    private final VirtualLearners learners;
    private final Frameworks frameworks;
    private final CodeMacs macs;
    private final DemoLedger ledger;
    private final SequencedMap<DemoPupil, ExamId> march = new LinkedHashMap<>();
    private final SequencedMap<DemoPupil, ExamId> may = new LinkedHashMap<>();

    DemoSessions(DemoActs acts, VirtualLearners learners, Frameworks frameworks, CodeMacs macs, DemoLedger ledger) {
        this.acts = acts;
        this.learners = learners;
        this.frameworks = frameworks;
        this.macs = macs;
        this.ledger = ledger;
    }

    boolean satInMarch(DemoPupil pupil) {
        return march.containsKey(pupil);
    }

    void planMarch() {
        introduceInvigilator();
        plan(MARCH);
    }

    private void introduceInvigilator() {
        AccountId account = new AccountId(INVIGILATOR);
        acts.send(
                "invigilator/name",
                new OpenAccount(account, new AccountIdentity("Dominique", "Morel", null, null)),
                INVIGILATOR,
                Role.INVIGILATOR);
        acts.send(
                "invigilator/role",
                new GrantRole(
                        account,
                        Role.INVIGILATOR,
                        new Scope(DemoAccount.TILLEULS, null),
                        ParisDays.of(acts.now()),
                        null),
                INVIGILATOR,
                Role.INVIGILATOR);
    }

    void planMay() {
        plan(MAY);
    }

    void planToday() {
        plan(TODAY);
    }

    private void plan(Papers papers) {
        acts.send(
                step(papers, "plan"),
                new ScheduleSession(
                        papers.session(),
                        papers.number(),
                        DemoPast.CENTRE_TILLEULS,
                        papers.planned().toLocalDate(),
                        papers.planned().toLocalTime(),
                        "Salle 204",
                        List.of(new AccountId(INVIGILATOR)),
                        papers.accessCode(),
                        macs.ofInvigilators(papers.number(), papers.invigilatorCode())),
                HEAD,
                Role.HEAD);
    }

    void enrolForMarch(List<DemoPupil> candidates) {
        candidates.forEach(pupil -> march.put(pupil, StreamIds.exam(MARCH.session(), candidate(MARCH, pupil))));
        enrol(MARCH, candidates);
    }

    void enrolForMay(List<DemoPupil> candidates) {
        candidates.forEach(pupil -> may.put(pupil, StreamIds.exam(MAY.session(), candidate(MAY, pupil))));
        enrol(MAY, candidates);
    }

    void enrolForToday(List<DemoPupil> candidates) {
        enrol(TODAY, candidates);
    }

    private void enrol(Papers papers, List<DemoPupil> candidates) {
        for (int i = 0; i < candidates.size(); i++) {
            DemoPupil pupil = candidates.get(i);
            acts.pass(Duration.ofSeconds(15));
            acts.send(
                    step(papers, "enrol/" + pupil.name()),
                    new EnrolCandidate(
                            papers.session(),
                            candidate(papers, pupil),
                            pupil.learner(),
                            i == 2 ? EXTRA_TIME_PERCENT : 0,
                            pupil.asCandidate()),
                    HEAD,
                    Role.HEAD);
        }
    }

    void sitMarch() {
        sit(MARCH, march);
    }

    void sitMay() {
        sit(MAY, may);
    }

    private void sit(Papers papers, SequencedMap<DemoPupil, ExamId> candidates) {
        String mac = macs.ofInvigilators(papers.number(), papers.invigilatorCode());
        candidates.keySet().forEach(pupil -> {
            acts.pass(Duration.ofSeconds(10));
            acts.send(
                    step(papers, "present/" + pupil.name()),
                    new ConfirmPresence(papers.session(), candidate(papers, pupil), mac),
                    INVIGILATOR,
                    Role.INVIGILATOR);
            acts.send(
                    step(papers, "admit/" + pupil.name()),
                    new GrantAdmission(papers.session(), candidate(papers, pupil), mac),
                    INVIGILATOR,
                    Role.INVIGILATOR);
        });
        acts.at(DemoPast.paris(papers.planned().toString()));
        candidates.keySet().forEach(pupil -> start(papers, pupil));
        answerInTurns(papers, candidates);
    }

    private void start(Papers papers, DemoPupil pupil) {
        acts.pass(Duration.ofSeconds(5));
        acts.send(
                step(papers, "start/" + pupil.name()),
                new StartExam(
                        papers.session(),
                        pupil.learner(),
                        papers.accessCode(),
                        pupil.firstName(),
                        pupil.lastName(),
                        pupil.birthDate()),
                pupil.learner().value(),
                Role.LEARNER);
    }

    private void answerInTurns(Papers papers, SequencedMap<DemoPupil, ExamId> candidates) {
        Map<DemoPupil, ExamStarted> sheets = new LinkedHashMap<>();
        candidates.forEach((pupil, exam) ->
                sheets.put(pupil, ledger.event(exam.value(), ExamStarted.class).orElseThrow()));
        int longest = sheets.values().stream()
                .mapToInt(sheet -> sheet.questions().size())
                .max()
                .orElse(0);
        for (int number = 1; number <= longest; number++) {
            for (Map.Entry<DemoPupil, ExamStarted> sheet : sheets.entrySet()) {
                List<Question> questions = sheet.getValue().questions();
                if (number <= questions.size()) {
                    acts.pass(Duration.ofMillis(5_300));
                    answer(
                            papers,
                            sheet.getKey(),
                            sheet.getValue(),
                            questions.get(number - 1),
                            sheet.getKey().equals(candidates.lastEntry().getKey()));
                }
                if (number == questions.size()) {
                    end(papers, sheet.getKey(), sheet.getValue().exam());
                }
            }
        }
    }

    private void answer(Papers papers, DemoPupil pupil, ExamStarted sheet, Question question, boolean badDay) {
        Challenge challenge =
                frameworks.of(sheet.framework()).challenge(question.challenge()).orElseThrow();
        if (question.timerMs() != null) {
            acts.send(
                    step(MARCH, "open/" + pupil.name() + "/" + question.number()),
                    new StartExamTimer(sheet.exam(), 1, question.number(), acts.now()),
                    pupil.learner().value(),
                    Role.LEARNER);
            acts.pass(Duration.ofMillis(5_300));
        }
        acts.send(
                step(papers, "answer/" + pupil.name() + "/" + question.number()),
                new RecordExamAnswer(
                        sheet.exam(),
                        question.number(),
                        learners.examResponse(pupil, challenge, question.number(), badDay),
                        false,
                        acts.now()),
                pupil.learner().value(),
                Role.LEARNER);
    }

    private void end(Papers papers, DemoPupil pupil, ExamId exam) {
        acts.send(
                step(papers, "end/" + pupil.name()),
                new EndExam(exam, EndReason.COMPLETED),
                pupil.learner().value(),
                Role.LEARNER);
    }

    void finaliseMarch() {
        finalise(MARCH, march, "Le réseau a été coupé cinq minutes vers 15 h.");
    }

    void finaliseMay() {
        finalise(MAY, may, null);
    }

    private void finalise(Papers papers, SequencedMap<DemoPupil, ExamId> candidates, @Nullable String comment) {
        acts.send(
                step(papers, "finalise"),
                new FinaliseSession(
                        papers.session(),
                        false,
                        Set.<CandidateId>of(),
                        comment == null ? null : new FinaliseSession.Comment(new AccountId(HEAD), comment)),
                HEAD,
                Role.HEAD);
        ledger.await(
                "results of the session " + papers.number(),
                () -> candidates.values().stream().allMatch(exam -> scored(exam).isPresent()));
    }

    /** Before publication one person decides: a question is taken out, an exam cancelled, another one rejected for fraud. */
    void examineMarch() {
        acts.send(step(MARCH, "officer"), new AssignOfficer(MARCH.session(), new AccountId(JURY_1)), JURY_1, Role.JURY);
        ExamId neutralised = exam(NEUTRALISED);
        acts.send(
                step(MARCH, "neutralise"),
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
                step(MARCH, "cancel"),
                new PerformJuryAct(
                        exam(CANCELLED),
                        JuryAct.of(
                                JuryActKind.CANCEL_EXAM,
                                SessionEvent.ReasonCode.ADMINISTRATIVE,
                                "Le candidat était inscrit à une autre session le même jour.")),
                JURY_1,
                Role.JURY);
        acts.send(
                step(MARCH, "fraud"),
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
                step(MARCH, "comment"),
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
        acts.send(step(MARCH, "publish"), new PublishSession(MARCH.session()), JURY_1, Role.JURY);
        ledger.await(
                "certificates of the session in March",
                () -> march.values().stream()
                        .filter(this::isValidated)
                        .allMatch(exam -> issued(exam, 1).isPresent()));
    }

    /** A pupil closes the verification of the own certificate. */
    void hide() {
        CertificateIssued own = List.copyOf(march.values()).subList(WAITING + 1, march.size()).stream()
                .flatMap(exam -> issued(exam, 1).stream())
                .findFirst()
                .orElseThrow();
        acts.send(
                step(MARCH, "hide"),
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
        ledger.await("the replacement", () -> issued(exam(REPLACED), 2).isPresent());
    }

    /** A second revocation that nobody has confirmed yet. */
    void propose() {
        acts.send(
                step(MARCH, "waiting"),
                new ProposeJuryAct(
                        DemoActs.commandId(step(MARCH, "waiting")),
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
        UUID proposal = DemoActs.commandId(step(MARCH, what));
        acts.send(
                step(MARCH, what),
                new ProposeJuryAct(proposal, exam, act, new AccountId(proposer)),
                proposer,
                Role.JURY);
        acts.pass(Duration.ofMinutes(50));
        acts.send(
                step(MARCH, what + "/confirm"),
                new ConfirmJuryAct(exam, proposal, new AccountId(confirmer)),
                confirmer,
                Role.JURY);
    }

    /** @return the code of a certificate of March that is valid; empty before there is one */
    static Optional<VerificationCode> freshCode(DemoLedger ledger) {
        DemoPupil pupil = DemoPupils.port3eB().getFirst();
        ExamId exam = StreamIds.exam(MARCH.session(), candidate(MARCH, pupil));
        return ledger.event(StreamIds.certificate(exam, 1).value(), CertificateIssued.class)
                .map(CertificateIssued::code);
    }

    private CertificateId certificateOf(int candidate) {
        return StreamIds.certificate(exam(candidate), 1);
    }

    private Optional<CertificateIssued> issued(ExamId exam, int number) {
        return ledger.event(StreamIds.certificate(exam, number).value(), CertificateIssued.class);
    }

    private Optional<ExamScored> scored(ExamId exam) {
        return ledger.events(exam.value(), ExamScored.class).stream().reduce((_, last) -> last);
    }

    private boolean isValidated(ExamId exam) {
        return scored(exam)
                .filter(scored -> scored.outcome() == ExamOutcome.VALIDATED)
                .isPresent();
    }

    private static CandidateId candidate(Papers papers, DemoPupil pupil) {
        return new CandidateId(DemoSeed.id("candidate/" + papers.number() + "/" + pupil.name()));
    }

    private static String step(Papers papers, String act) {
        return "session/" + papers.number() + "/" + act;
    }
}
