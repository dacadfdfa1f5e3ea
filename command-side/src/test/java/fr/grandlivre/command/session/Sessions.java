package fr.grandlivre.command.session;

import static fr.grandlivre.command.TestFrameworks.skill;

import fr.grandlivre.command.LedgerScenario;
import fr.grandlivre.command.TestFrameworks;
import fr.grandlivre.command.session.SessionCommand.EnrolCandidate;
import fr.grandlivre.command.session.SessionCommand.StartExam;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.framework.Skill;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The session of 16 May 2022, 08:30 in Paris, with one candidate: what the tests of this feature begin with. */
final class Sessions {
    static final Instant START = Instant.parse("2022-05-16T06:30:00.000Z");
    static final LocalDate DAY = LocalDate.of(2022, 5, 16);
    static final String MAC = "mac of the invigilators' code";
    static final SessionId SESSION = SessionId.of("018f0000-0000-7000-8000-00000000005e");
    static final CentreId CENTRE = CentreId.of("018f0000-0000-7000-8000-0000000000ce");
    static final AccountId INVIGILATOR = AccountId.of("018f0000-0000-7000-8000-000000000111");
    static final LearnerId ADA = LearnerId.of("018f0000-0000-7000-8000-000000000ada");
    static final CandidateId CANDIDATE = CandidateId.of("018f0000-0000-7000-8000-0000000000ca");
    static final ExamId EXAM = StreamIds.exam(SESSION, CANDIDATE);
    static final UUID SLOT = StreamIds.examSlot(ADA);
    static final CandidateIdentity IDENTITY =
            new CandidateIdentity("Ada", "d’Été-Martin", LocalDate.of(2008, 2, 29), "Lyon");
    static final CentreOpened OPENED = new CentreOpened(CENTRE, "Collège des Lilas", null);
    static final SessionScheduled SCHEDULED = new SessionScheduled(
            SESSION, 4711, CENTRE, DAY, "08:30", "12", List.of(INVIGILATOR), "BCDF23", MAC, 6_300_000, 7_200_000);
    static final CandidateEnrolled ENROLLED = enrolled(0);
    static final PresenceConfirmed PRESENT = new PresenceConfirmed(EXAM, SESSION, CANDIDATE);
    static final AdmissionGranted ADMITTED = new AdmissionGranted(EXAM, SESSION, CANDIDATE);
    static final StartExam ENTER = new StartExam(SESSION, ADA, "BCDF23", "ADA", "DETEMARTIN", IDENTITY.birthDate());
    static final EnrolCandidate ENROL = new EnrolCandidate(SESSION, CANDIDATE, ADA, 0, IDENTITY);

    /** Five competences of level 1, the least that is certifiable. */
    static final List<String> LEVEL_1 = List.of("1.1", "1.2", "1.3", "2.1", "2.2");

    private Sessions() {}

    static LedgerScenario scenario() {
        return with(new LedgerScenario(START));
    }

    /** The application stops and starts again over the same ledger. */
    static LedgerScenario restarted(LedgerScenario before) {
        return with(before.restarted());
    }

    private static LedgerScenario with(LedgerScenario scenario) {
        return scenario.with(side -> Session.register(side, TestFrameworks.BOTH, _ -> Set.of(), scenario.ledger()));
    }

    /** The candidate is admitted and the profile certifiable: the exam can start. */
    static LedgerScenario admitted() {
        return known(scenario(), LEVEL_1)
                .given(CENTRE.value(), OPENED)
                .given(SESSION.value(), SCHEDULED, ENROLLED)
                .given(EXAM.value(), PRESENT, ADMITTED);
    }

    /** The exam runs since 08:30. */
    static LedgerScenario running() {
        return admitted().when(ENTER).thenRecorded();
    }

    static LedgerScenario known(LedgerScenario scenario, List<String> competences) {
        competences.forEach(
                code -> scenario.given(StreamIds.evaluation(ADA, new CompetenceCode(code)), solved(code, "A", 2)));
        return scenario;
    }

    static CandidateEnrolled enrolled(int extraTimePercent) {
        return new CandidateEnrolled(SESSION, CANDIDATE, ADA, extraTimePercent, Personal.of(ADA.value(), IDENTITY));
    }

    static ExamStarted started(LedgerScenario scenario) {
        return scenario.stream(EXAM.value()).stream()
                .filter(ExamStarted.class::isInstance)
                .map(ExamStarted.class::cast)
                .findFirst()
                .orElseThrow();
    }

    static <E extends LedgerEvent> E last(LedgerScenario scenario, UUID stream, Class<E> type) {
        return type.cast(scenario.stream(stream).getLast());
    }

    private static AnswerRecorded solved(String competence, String tube, int difficulty) {
        Skill skill = skill(competence, tube, difficulty);
        return new AnswerRecorded(
                new AnswerId(UUID.nameUUIDFromBytes(skill.id().value().getBytes(StandardCharsets.UTF_8))),
                ADA,
                skill.competence(),
                skill.challenges().getFirst().id(),
                skill.id(),
                TestFrameworks.V2021,
                Outcome.OK,
                null,
                0,
                null,
                List.of(0),
                null);
    }
}
