package fr.grandlivre.api.demo;

import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.certificate.CertificateCommand.ChooseVisibility;
import fr.grandlivre.command.certificate.CertificateCommand.RevokeCertificate;
import fr.grandlivre.command.certificate.CertificateCommand.SuspendCertificate;
import fr.grandlivre.command.session.SessionCommand.ConfirmPresence;
import fr.grandlivre.command.session.SessionCommand.EndExam;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.FinaliseSession;
import fr.grandlivre.command.session.SessionCommand.GrantAdmission;
import fr.grandlivre.command.session.SessionCommand.PublishSession;
import fr.grandlivre.command.session.SessionCommand.RecordExamAnswer;
import fr.grandlivre.command.session.SessionCommand.ScheduleSession;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/** Two sessions in the centre of Tilleuls: one sat and published in March, one planned for the day of the first start. */
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

    private final DemoActs acts;
    private final VirtualLearners learners;
    private final Frameworks frameworks;
    private final CodeMacs macs;
    private final DemoLedger ledger;
    private final SequencedMap<DemoPupil, ExamId> march = new LinkedHashMap<>();

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
        plan(MARCH);
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
                        List.of(DemoAccount.accountOf("surveillant-tilleuls")),
                        papers.accessCode(),
                        macs.ofInvigilators(papers.number(), papers.invigilatorCode())),
                HEAD,
                Role.HEAD);
    }

    void enrolForMarch(List<DemoPupil> candidates) {
        candidates.forEach(pupil -> march.put(pupil, StreamIds.exam(MARCH.session(), candidate(MARCH, pupil))));
        enrol(MARCH, candidates);
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
        String mac = macs.ofInvigilators(MARCH.number(), MARCH.invigilatorCode());
        march.keySet().forEach(pupil -> {
            acts.pass(Duration.ofSeconds(10));
            acts.send(
                    step(MARCH, "present/" + pupil.name()),
                    new ConfirmPresence(MARCH.session(), candidate(MARCH, pupil), mac),
                    INVIGILATOR,
                    Role.INVIGILATOR);
            acts.send(
                    step(MARCH, "admit/" + pupil.name()),
                    new GrantAdmission(MARCH.session(), candidate(MARCH, pupil), mac),
                    INVIGILATOR,
                    Role.INVIGILATOR);
        });
        acts.at(DemoPast.paris(MARCH.planned().toString()));
        march.keySet().forEach(this::start);
        answerInTurns();
    }

    private void start(DemoPupil pupil) {
        acts.pass(Duration.ofSeconds(5));
        acts.send(
                step(MARCH, "start/" + pupil.name()),
                new StartExam(
                        MARCH.session(),
                        pupil.learner(),
                        MARCH.accessCode(),
                        pupil.firstName(),
                        pupil.lastName(),
                        pupil.birthDate()),
                pupil.learner().value(),
                Role.LEARNER);
    }

    private void answerInTurns() {
        Map<DemoPupil, ExamStarted> sheets = new LinkedHashMap<>();
        march.forEach((pupil, exam) ->
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
                    answer(sheet.getKey(), sheet.getValue(), questions.get(number - 1));
                }
                if (number == questions.size()) {
                    end(sheet.getKey(), sheet.getValue().exam());
                }
            }
        }
    }

    private void answer(DemoPupil pupil, ExamStarted sheet, Question question) {
        Challenge challenge =
                frameworks.of(sheet.framework()).challenge(question.challenge()).orElseThrow();
        acts.send(
                step(MARCH, "answer/" + pupil.name() + "/" + question.number()),
                new RecordExamAnswer(
                        sheet.exam(),
                        question.number(),
                        learners.examResponse(
                                pupil,
                                challenge,
                                question.number(),
                                pupil.equals(march.lastEntry().getKey())),
                        false,
                        acts.now()),
                pupil.learner().value(),
                Role.LEARNER);
    }

    private void end(DemoPupil pupil, ExamId exam) {
        acts.send(
                step(MARCH, "end/" + pupil.name()),
                new EndExam(exam, EndReason.COMPLETED),
                pupil.learner().value(),
                Role.LEARNER);
    }

    void finaliseMarch() {
        acts.send(
                step(MARCH, "finalise"),
                new FinaliseSession(MARCH.session(), false, Set.<CandidateId>of()),
                HEAD,
                Role.HEAD);
        ledger.await(
                "results of the session in March",
                () -> march.values().stream().allMatch(exam -> scored(exam).isPresent()));
    }

    void publishMarch() {
        acts.send(step(MARCH, "publish"), new PublishSession(MARCH.session()), JURY_1, Role.JURY);
        ledger.await(
                "certificates of the session in March",
                () -> march.values().stream()
                        .filter(this::isValidated)
                        .allMatch(exam -> issued(exam).isPresent()));
    }

    /** A pupil closes the verification of the own certificate. */
    void hide() {
        CertificateIssued own = march.values().stream()
                .flatMap(exam -> issued(exam).stream())
                .skip(3)
                .findFirst()
                .orElseThrow();
        acts.send(
                step(MARCH, "hide"),
                new ChooseVisibility(own.certificateId(), own.learner(), Visibility.NOBODY),
                own.learner().value(),
                Role.LEARNER);
    }

    void revoke() {
        acts.send(
                step(MARCH, "revoke"),
                new RevokeCertificate(
                        certificates().get(1), ReasonCode.FRAUD, "Une autre personne a passé une partie de l’épreuve."),
                JURY_2,
                Role.JURY);
    }

    void suspend() {
        acts.send(
                step(MARCH, "suspend"),
                new SuspendCertificate(
                        certificates().get(2), ReasonCode.JURY, "Vérification de l’identité demandée par le centre."),
                JURY_1,
                Role.JURY);
    }

    /** @return the code of a certificate of March that is valid; empty before there is one */
    static Optional<VerificationCode> freshCode(DemoLedger ledger) {
        DemoPupil pupil = DemoPupils.port3eB().getFirst();
        ExamId exam = StreamIds.exam(MARCH.session(), candidate(MARCH, pupil));
        return ledger.event(StreamIds.certificate(exam, 1).value(), CertificateIssued.class)
                .map(CertificateIssued::code);
    }

    private List<CertificateId> certificates() {
        List<CertificateId> certificates = new ArrayList<>();
        march.values()
                .forEach(exam ->
                        issued(exam).map(CertificateIssued::certificateId).ifPresent(certificates::add));
        return certificates;
    }

    private Optional<CertificateIssued> issued(ExamId exam) {
        return ledger.event(StreamIds.certificate(exam, 1).value(), CertificateIssued.class);
    }

    private Optional<ExamScored> scored(ExamId exam) {
        return ledger.event(exam.value(), ExamScored.class);
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
