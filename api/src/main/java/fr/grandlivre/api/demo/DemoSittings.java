package fr.grandlivre.api.demo;

import fr.grandlivre.api.security.CodeMacs;
import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.command.session.JuryCommand.AssignOfficer;
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
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a session goes in the demonstration: planned by a head, sat question after question, finalised, published by its
 * jury.
 */
final class DemoSittings {
    /** Who publishes. */
    static final UUID OFFICER = DemoAccount.accountOf("jury-1").value();

    private static final int EXTRA_TIME_PERCENT = 33;

    /** One question takes a room about a minute, however many sit in it. */
    private static final Duration ROUND = Duration.ofMillis(63_600);

    private static final int FULL_ROOM = 12;

    /**
     * Where a session is sat.
     *
     * @param head        who plans it
     * @param invigilator who watches
     */
    record Place(CentreId centre, String room, UUID head, AccountId invigilator) {
        static final Place TILLEULS = new Place(
                DemoPast.CENTRE_TILLEULS,
                "Salle 204",
                DemoAccount.accountOf("principale-tilleuls").value(),
                DemoAccount.accountOf("surveillant-tilleuls"));

        static final Place PORT = new Place(
                DemoPast.CENTRE_PORT,
                "Salle informatique",
                DemoAccount.accountOf("principal-port").value(),
                DemoAccount.accountOf("professeur-port"));
    }

    /**
     * A session as its papers name it.
     *
     * @param number          what people call it by
     * @param planned         day and time in Paris
     * @param accessCode      read out in the room
     * @param invigilatorCode typed by the invigilators
     * @param place           where
     */
    record Papers(
            SessionId session,
            int number,
            LocalDateTime planned,
            String accessCode,
            String invigilatorCode,
            Place place) {}

    private final DemoActs acts;
    private final VirtualLearners learners;
    private final Frameworks frameworks;
    private final CodeMacs macs;
    private final DemoLedger ledger;

    DemoSittings(DemoActs acts, VirtualLearners learners, Frameworks frameworks, CodeMacs macs, DemoLedger ledger) {
        this.acts = acts;
        this.learners = learners;
        this.frameworks = frameworks;
        this.macs = macs;
        this.ledger = ledger;
    }

    void plan(Papers papers) {
        acts.send(
                step(papers, "plan"),
                new ScheduleSession(
                        papers.session(),
                        papers.number(),
                        papers.place().centre(),
                        papers.planned().toLocalDate(),
                        papers.planned().toLocalTime(),
                        papers.place().room(),
                        List.of(papers.place().invigilator()),
                        papers.accessCode(),
                        macs.ofInvigilators(papers.number(), papers.invigilatorCode())),
                papers.place().head(),
                Role.HEAD);
    }

    /** @return the exam of each, in the order given */
    SequencedMap<DemoPupil, ExamId> enrol(Papers papers, List<DemoPupil> candidates) {
        SequencedMap<DemoPupil, ExamId> exams = new LinkedHashMap<>();
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
                    papers.place().head(),
                    Role.HEAD);
            exams.put(pupil, exam(papers, pupil));
        }
        return exams;
    }

    void sit(Papers papers, SequencedMap<DemoPupil, ExamId> candidates) {
        String mac = macs.ofInvigilators(papers.number(), papers.invigilatorCode());
        candidates.keySet().forEach(pupil -> {
            acts.pass(Duration.ofSeconds(10));
            acts.send(
                    step(papers, "present/" + pupil.name()),
                    new ConfirmPresence(papers.session(), candidate(papers, pupil), mac),
                    papers.place().invigilator().value(),
                    Role.INVIGILATOR);
            acts.send(
                    step(papers, "admit/" + pupil.name()),
                    new GrantAdmission(papers.session(), candidate(papers, pupil), mac),
                    papers.place().invigilator().value(),
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
        Duration between = ROUND.dividedBy(Math.max(FULL_ROOM, sheets.size()));
        int longest = sheets.values().stream()
                .mapToInt(sheet -> sheet.questions().size())
                .max()
                .orElse(0);
        for (int number = 1; number <= longest; number++) {
            for (Map.Entry<DemoPupil, ExamStarted> sheet : sheets.entrySet()) {
                List<Question> questions = sheet.getValue().questions();
                if (number <= questions.size()) {
                    acts.pass(between);
                    answer(
                            papers,
                            sheet.getKey(),
                            sheet.getValue(),
                            questions.get(number - 1),
                            between,
                            sheet.getKey().equals(candidates.lastEntry().getKey()));
                }
                if (number == questions.size()) {
                    end(papers, sheet.getKey(), sheet.getValue().exam());
                }
            }
        }
    }

    private void answer(
            Papers papers, DemoPupil pupil, ExamStarted sheet, Question question, Duration between, boolean badDay) {
        Challenge challenge =
                frameworks.of(sheet.framework()).challenge(question.challenge()).orElseThrow();
        if (question.timerMs() != null) {
            acts.send(
                    step(papers, "open/" + pupil.name() + "/" + question.number()),
                    new StartExamTimer(sheet.exam(), 1, question.number(), acts.now()),
                    pupil.learner().value(),
                    Role.LEARNER);
            acts.pass(between);
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

    void finalise(Papers papers, SequencedMap<DemoPupil, ExamId> candidates, @Nullable String comment) {
        acts.send(
                step(papers, "finalise"),
                new FinaliseSession(
                        papers.session(),
                        false,
                        Set.<CandidateId>of(),
                        comment == null
                                ? null
                                : new FinaliseSession.Comment(
                                        new AccountId(papers.place().head()), comment)),
                papers.place().head(),
                Role.HEAD);
        ledger.await(
                "results of the session " + papers.number(),
                () -> candidates.values().stream().allMatch(exam -> scored(exam).isPresent()));
    }

    /** Only an officer of the jury publishes. */
    void assignOfficer(Papers papers) {
        acts.send(
                step(papers, "officer"),
                new AssignOfficer(papers.session(), new AccountId(OFFICER)),
                OFFICER,
                Role.JURY);
    }

    /** The results become known; a policy issues the certificates. */
    void publish(Papers papers, Collection<ExamId> exams) {
        acts.send(step(papers, "publish"), new PublishSession(papers.session()), OFFICER, Role.JURY);
        ledger.await(
                "certificates of the session " + papers.number(),
                () -> exams.stream()
                        .filter(this::isValidated)
                        .allMatch(exam -> issued(exam, 1).isPresent()));
    }

    Optional<CertificateIssued> issued(ExamId exam, int number) {
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

    static ExamId exam(Papers papers, DemoPupil pupil) {
        return StreamIds.exam(papers.session(), candidate(papers, pupil));
    }

    private static CandidateId candidate(Papers papers, DemoPupil pupil) {
        return new CandidateId(DemoSeed.id("candidate/" + papers.number() + "/" + pupil.name()));
    }

    static String step(Papers papers, String act) {
        return "session/" + papers.number() + "/" + act;
    }
}
