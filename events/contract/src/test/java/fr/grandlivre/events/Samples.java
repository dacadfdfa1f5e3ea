package fr.grandlivre.events;

import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.certificate.CertificateEvent.Centre;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.certificate.CertificateHolder;
import fr.grandlivre.events.certificate.DocumentEvent;
import fr.grandlivre.events.certificate.DocumentEvent.DocumentRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.AbsorbedSkill;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.Cause;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryHandedOver;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.evaluation.EvaluationEvent.TimerStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialMarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialSaved;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnmarkedUseful;
import fr.grandlivre.events.evaluation.EvaluationEvent.TutorialUnsaved;
import fr.grandlivre.events.evaluation.GivenAnswer;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeRestored;
import fr.grandlivre.events.framework.FrameworkEvent.ChallengeWithdrawn;
import fr.grandlivre.events.framework.FrameworkEvent.Counts;
import fr.grandlivre.events.framework.FrameworkEvent.Delays;
import fr.grandlivre.events.framework.FrameworkEvent.VersionPublished;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeReserved;
import fr.grandlivre.events.identity.AttachCodeEvent.AttachCodeUsed;
import fr.grandlivre.events.identity.IdentityEvent.AccountAbsorbed;
import fr.grandlivre.events.identity.IdentityEvent.AccountOpened;
import fr.grandlivre.events.identity.IdentityEvent.AccountsMerged;
import fr.grandlivre.events.identity.IdentityEvent.AttachCodeIssued;
import fr.grandlivre.events.identity.IdentityEvent.IdentityCorrected;
import fr.grandlivre.events.identity.IdentityEvent.MergeBasis;
import fr.grandlivre.events.identity.IdentityEvent.RoleGranted;
import fr.grandlivre.events.identity.IdentityEvent.RoleWithdrawn;
import fr.grandlivre.events.identity.IdentityEvent.Scope;
import fr.grandlivre.events.identity.IdentityEvent.SignInAttached;
import fr.grandlivre.events.identity.IdentityEvent.SignInDetached;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRegistered;
import fr.grandlivre.events.identity.PartnerEvent.PartnerRevoked;
import fr.grandlivre.events.identity.SignInEvent.SignInFreed;
import fr.grandlivre.events.identity.SignInEvent.SignInTaken;
import fr.grandlivre.events.identity.SignInSubject;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.privacy.AccessEvent.UnmaskingGranted;
import fr.grandlivre.events.privacy.AccessReader;
import fr.grandlivre.events.privacy.ErasureEvent;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequestWithdrawn;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.HoldLifted;
import fr.grandlivre.events.privacy.ErasureEvent.HoldPlaced;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.school.PupilIdentity;
import fr.grandlivre.events.school.SchoolEvent.Kind;
import fr.grandlivre.events.school.SchoolEvent.LeavingReason;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterCause;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.RosterImported;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.ExportProduced;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.MentionRulePublished;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.SkipReason;
import fr.grandlivre.events.schoolreport.SchoolReportEvent.Skipped;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.ExamComment;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.JuryReason;
import fr.grandlivre.events.session.ProposedAct;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.ActParameters;
import fr.grandlivre.events.session.SessionEvent.AdmissionGranted;
import fr.grandlivre.events.session.SessionEvent.AdmissionWithdrawn;
import fr.grandlivre.events.session.SessionEvent.AlertRaised;
import fr.grandlivre.events.session.SessionEvent.AlertResolution;
import fr.grandlivre.events.session.SessionEvent.AlertResolved;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.CandidatePresence;
import fr.grandlivre.events.session.SessionEvent.CandidateWithdrawn;
import fr.grandlivre.events.session.SessionEvent.CentreAttached;
import fr.grandlivre.events.session.SessionEvent.CentreOpened;
import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamCancelled;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamEntered;
import fr.grandlivre.events.session.SessionEvent.ExamFraudLifted;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamReinstated;
import fr.grandlivre.events.session.SessionEvent.ExamRejectedForFraud;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamSlotReleased;
import fr.grandlivre.events.session.SessionEvent.ExamSlotTaken;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.ExamTimerStarted;
import fr.grandlivre.events.session.SessionEvent.InvigilatorCodeDrawn;
import fr.grandlivre.events.session.SessionEvent.InvigilatorsNamed;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.JuryActConfirmed;
import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.session.SessionEvent.JuryActProposed;
import fr.grandlivre.events.session.SessionEvent.JuryActWithdrawn;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.PresenceConfirmed;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.QuestionNeutralised;
import fr.grandlivre.events.session.SessionEvent.QuestionReinstated;
import fr.grandlivre.events.session.SessionEvent.Resolution;
import fr.grandlivre.events.session.SessionEvent.ScoredCompetence;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionNumberReserved;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.session.SessionEvent.SessionRescheduled;
import fr.grandlivre.events.session.SessionEvent.SessionScheduled;
import fr.grandlivre.events.session.SessionEvent.TimeRestored;
import fr.grandlivre.events.session.SessionEvent.Verdict;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.AnswerId;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CentreId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.RulesVersion;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.events.vocabulary.Uai;
import fr.grandlivre.events.vocabulary.VerificationCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One filled-in event of every type: what the golden files hold. */
final class Samples {
    static final LearnerId LEARNER = LearnerId.of("018f0000-0000-4000-8000-0000000000aa");
    static final UUID EVENT_ID = UUID.fromString("018f0000-0000-4000-8000-0000000000e1");

    private static final AccountId STAFF = AccountId.of("018f0000-0000-4000-8000-0000000000ac");
    private static final AccountId PERSON = new AccountId(LEARNER.value());
    private static final UUID KEY = UUID.fromString("018f0000-0000-4000-8000-000000000001");
    private static final CompetenceCode C12 = new CompetenceCode("1.2");
    private static final SkillId SKILL = new SkillId("@folders2");
    private static final ChallengeId CHALLENGE = new ChallengeId("folders2a");
    private static final TubeId TUBE = new TubeId("folders");
    private static final FrameworkVersion V2021 = new FrameworkVersion("2021");
    private static final RulesVersion RULES = new RulesVersion("2021-1");
    private static final SchoolId SCHOOL = SchoolId.of("018f0000-0000-4000-8000-0000000000b1");
    private static final SchoolYear YEAR = new SchoolYear("2021-2022");
    private static final CentreId CENTRE = CentreId.of("018f0000-0000-4000-8000-0000000000b2");
    private static final SessionId SESSION = SessionId.of("018f0000-0000-4000-8000-0000000000b3");
    private static final CandidateId CANDIDATE = CandidateId.of("018f0000-0000-4000-8000-0000000000b4");
    private static final CertificateId CERTIFICATE = CertificateId.of("018f0000-0000-4000-8000-0000000000c1");
    private static final CampaignId CAMPAIGN = CampaignId.of("018f0000-0000-4000-8000-0000000000f1");
    private static final CampaignCode CAMPAIGN_CODE = new CampaignCode("BCDFGH234");
    private static final AnswerId ANSWER = AnswerId.of("018f0000-0000-4000-8000-0000000000d1");
    private static final UUID ISSUE = UUID.fromString("018f0000-0000-4000-8000-0000000000f1");
    private static final Instant START = Instant.parse("2022-05-16T06:30:00.000Z");
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);

    private Samples() {}

    static List<LedgerEvent> all() {
        var exam = StreamIds.exam(SESSION, CANDIDATE);
        var text = Personal.of(LEARNER.value(), new GivenAnswer(List.of("Éléphant 😀", "naïf")));
        var reason = Personal.of(LEARNER.value(), new JuryReason("Le site était indisponible."));
        var level = new Level(4);
        var pix = new Pix(35);
        var participation = StreamIds.participation(CAMPAIGN, LEARNER, 1);
        var target = List.of(
                new TargetedCompetence(C12, List.of(TUBE)), new TargetedCompetence(new CompetenceCode("2.1"), null));
        return List.of(
                new CampaignOpened(
                        CAMPAIGN,
                        CAMPAIGN_CODE,
                        "Parcours de rentrée 3e",
                        SCHOOL,
                        List.of("3e"),
                        target,
                        V2021,
                        START,
                        START.plusSeconds(86_400),
                        1),
                new CampaignCodeReserved(CAMPAIGN_CODE, CAMPAIGN),
                new CampaignAmended(
                        CAMPAIGN,
                        "Parcours de rentrée",
                        List.of("4e", "3e"),
                        target,
                        START,
                        START.plusSeconds(172_800)),
                new TargetFixed(CAMPAIGN),
                new CampaignClosed(CAMPAIGN, START, ClosingReason.FINISHED),
                new ParticipationStarted(participation, CAMPAIGN, LEARNER, 1),
                new ParticipationCompleted(participation, 120),
                new ResultsShared(participation, CAMPAIGN, LEARNER, SCHOOL, 121),
                new VersionPublished(
                        V2021,
                        LocalDate.of(2021, 9, 1),
                        5,
                        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                        new Counts(5, 16, 48, 240, 480, 48),
                        new Delays(4, 4, 7)),
                new ChallengeWithdrawn(V2021, CHALLENGE, "Le document ne s’ouvre plus."),
                new ChallengeRestored(V2021, CHALLENGE, "Document remplacé."),
                new AnswerRecorded(
                        ANSWER,
                        LEARNER,
                        C12,
                        CHALLENGE,
                        SKILL,
                        V2021,
                        Outcome.TIMED_OUT,
                        true,
                        61_250,
                        null,
                        null,
                        text),
                new TimerStarted(LEARNER, CHALLENGE, START),
                new LevelChanged(
                        LEARNER, C12, new Level(0), new Level(1), new Pix(8), ANSWER.value(), Cause.ANSWER, V2021),
                new ImprovementStarted(LEARNER, C12, V2021),
                new CompetenceReset(EVENT_ID, LEARNER, C12, level, pix),
                new HistoryAbsorbed(
                        EVENT_ID,
                        LEARNER,
                        C12,
                        EVENT_ID,
                        7,
                        V2021,
                        START,
                        List.of(new AbsorbedSkill(new SkillId("@navigation2"), new Fraction(8, 3), true)),
                        List.of(new SkillId("@navigation3"))),
                new HistoryHandedOver(EVENT_ID, LEARNER, C12, new LearnerId(STAFF.value())),
                new TutorialSaved(LEARNER, TUBE, SKILL),
                new TutorialUnsaved(LEARNER, TUBE),
                new TutorialMarkedUseful(LEARNER, TUBE, null),
                new TutorialUnmarkedUseful(LEARNER, TUBE),
                new SchoolRegistered(SCHOOL, new Uai("0123456A"), "Collège des Tilleuls", Kind.COLLEGE, CENTRE),
                new PupilEnrolled(
                        SCHOOL,
                        YEAR,
                        LEARNER,
                        new Division("3A"),
                        "3e",
                        Personal.of(
                                LEARNER.value(),
                                new PupilIdentity(
                                        "Zoé", null, null, "d’Été-Martin", LocalDate.of(2007, 10, 5), "123456789AB"))),
                new PupilCorrected(
                        SCHOOL,
                        YEAR,
                        LEARNER,
                        new Division("3A"),
                        "3e",
                        Personal.of(
                                LEARNER.value(),
                                new PupilIdentity(
                                        "Zoé", "Anne", null, "d’Été", LocalDate.of(2007, 2, 28), "0123456789A"))),
                new PupilMoved(SCHOOL, YEAR, LEARNER, new Division("3A"), new Division("3B")),
                new PupilLeft(SCHOOL, YEAR, LEARNER, DAY, LeavingReason.MOVED),
                new RosterChanged(SCHOOL, YEAR, RosterCause.ENROLMENT),
                new RosterImported(SCHOOL, YEAR, 400, 12, 3, 2, 5, 1),
                new MentionRulePublished(
                        RULES,
                        "Certification obtenue",
                        "Certification obtained",
                        LocalDate.of(2021, 9, 1),
                        "Un certificat de l’année."),
                new ExportProduced(
                        EVENT_ID,
                        "csv-class-1",
                        new Uai("0123456A"),
                        YEAR,
                        new Division("3A"),
                        28,
                        List.of(new Skipped(LEARNER, SkipReason.INE_MISSING)),
                        120_000,
                        RULES,
                        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
                new PartnerRegistered(
                        "livretScolaire",
                        "c2VjcmV0",
                        List.of("organizations-certifications-result"),
                        List.of(new Uai("0123456A"))),
                new PartnerRevoked("livretScolaire", "Convention échue."),
                new AccountOpened(
                        STAFF,
                        Personal.of(STAFF.value(), new AccountIdentity("Ada", "Lenoir", null, "ada@exemple.fr"))),
                new IdentityCorrected(
                        STAFF,
                        Personal.of(STAFF.value(), new AccountIdentity("Ada", "Lenoir-Petit", null, "ada@exemple.fr"))),
                new SignInAttached(STAFF, "ecole", Personal.of(STAFF.value(), new SignInSubject("ada.lenoir"))),
                new SignInDetached(STAFF, "ecole", Personal.of(STAFF.value(), new SignInSubject("ada.lenoir"))),
                new AttachCodeIssued(STAFF, "c2FtcGxl", START),
                new AccountsMerged(STAFF, new AccountId(LEARNER.value()), MergeBasis.ATTACH_CODE),
                new AccountAbsorbed(new AccountId(LEARNER.value()), STAFF),
                new SignInTaken(STAFF),
                new SignInFreed(STAFF),
                new AttachCodeReserved(STAFF),
                new AttachCodeUsed(STAFF),
                new RoleGranted(STAFF, Role.HEAD, new Scope(new Uai("0123456A"), null), DAY, null),
                new RoleWithdrawn(STAFF, Role.HEAD, new Scope(new Uai("0123456A"), null)),
                new CodeReserved(new VerificationCode("P-7GKQMX"), CERTIFICATE),
                new CertificateIssued(
                        CERTIFICATE,
                        exam,
                        1,
                        LEARNER,
                        new VerificationCode("P-7GKQMX"),
                        "c2FtcGxl",
                        V2021,
                        5,
                        DAY,
                        DAY.plusDays(14),
                        DAY.plusDays(14).plusYears(3),
                        new RulesVersion("3y-1"),
                        new Centre(CENTRE, "Collège des Tilleuls"),
                        new TreeMap<>(Map.of(C12, level, new CompetenceCode("1.1"), new Level(3))),
                        pix,
                        new Pix(640),
                        new Level(0),
                        null,
                        Personal.of(
                                LEARNER.value(),
                                new CertificateHolder(
                                        "Zoé", "d’Été-Martin", LocalDate.of(2007, 10, 5), "Brest", "H4KQ7X"))),
                martinDupuis(),
                new CertificateSuspended(CERTIFICATE, ReasonCode.ADMINISTRATIVE, DAY),
                new CertificateReinstated(CERTIFICATE, ReasonCode.ADMINISTRATIVE, DAY),
                new CertificateRevoked(CERTIFICATE, ReasonCode.IDENTITY_CORRECTED, DAY),
                new DocumentRecorded(CERTIFICATE, DocumentEvent.Kind.ATTESTATION, "0a".repeat(32), 1),
                new VisibilityChosen(CERTIFICATE, Visibility.STATUS),
                new AccessRecorded(
                        List.of(LEARNER),
                        CERTIFICATE,
                        Surface.VERIFICATION,
                        FieldsClass.IDENTITY_AND_RESULTS,
                        Role.PUBLIC,
                        null,
                        Personal.of(LEARNER.value(), new AccessReader(null, "recruitment", DAY))),
                new AccessSummarised(LEARNER, CERTIFICATE, Instant.parse("2022-05-16T06:00:00.000Z"), 12),
                new UnmaskingGranted(
                        LEARNER,
                        Instant.parse("2022-05-16T06:15:00.000Z"),
                        Personal.of(LEARNER.value(), new AccessReader(STAFF.value(), "Plainte du 12 mai", DAY))),
                new ErasureRequested(
                        PERSON, List.of(DataClass.IDENTITY, DataClass.ANSWERS), ErasureEvent.Basis.ORDER, STAFF),
                new ErasureRequestWithdrawn(PERSON),
                new PersonErased(
                        PERSON,
                        List.of(DataClass.IDENTITY, DataClass.access(2022)),
                        List.of(KEY),
                        ErasureEvent.Basis.PERSON_REQUEST),
                new ErasureReceipted(PERSON, 104_233, 0, "eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl"),
                new HoldPlaced(PERSON, DataClass.CERTIFICATE, ErasureEvent.HoldBasis.LITIGATION, DAY, STAFF),
                new HoldLifted(PERSON, DataClass.CERTIFICATE),
                new CentreOpened(CENTRE, "Collège des Tilleuls", new Uai("0123456A")),
                new SessionScheduled(
                        SESSION,
                        1042,
                        CENTRE,
                        DAY,
                        "08:30",
                        "B12",
                        List.of(STAFF),
                        "BCDF23",
                        "c2FtcGxl",
                        6_300_000,
                        7_200_000),
                new CandidateEnrolled(
                        SESSION,
                        CANDIDATE,
                        LEARNER,
                        33,
                        Personal.of(
                                LEARNER.value(),
                                new CandidateIdentity("Zoé", "d’Été-Martin", LocalDate.of(2007, 10, 5), "Brest"))),
                new ExamSlotTaken(LEARNER, exam),
                new ExamSlotReleased(LEARNER, exam),
                new PresenceConfirmed(exam, SESSION, CANDIDATE),
                new AdmissionGranted(exam, SESSION, CANDIDATE),
                new ExamStarted(
                        exam,
                        SESSION,
                        CANDIDATE,
                        LEARNER,
                        START,
                        START.plusMillis(8_379_000),
                        33,
                        V2021,
                        RULES,
                        104_232,
                        List.of(new CertifiableCompetence(C12, level, pix)),
                        List.of(new Question(1, C12, SKILL, CHALLENGE, 90_000L)),
                        1),
                new ExamAnswerRecorded(
                        exam, 1, CHALLENGE, Outcome.OK, null, 42_000, START.plusMillis(42_000), List.of(0, 2), null),
                new ExamEnded(exam, START.plusMillis(42_001), EndReason.COMPLETED, 1),
                new SessionFinalised(
                        SESSION, List.of(new CandidatePresence(CANDIDATE, true, EndReason.COMPLETED)), false, null),
                new ExamScored(
                        exam,
                        1,
                        V2021,
                        RULES,
                        1,
                        0,
                        1,
                        100,
                        List.of(new ScoredCompetence(C12, level, pix, 1, 1, 0, 17, Verdict.KEEP, level, pix)),
                        pix,
                        ExamOutcome.VALIDATED,
                        null),
                new SessionPublished(SESSION, START, DAY, List.of(new PublishedExam(exam, 1))),
                new SessionNumberReserved(1042, SESSION),
                new CentreAttached(new Uai("0123456A"), CENTRE),
                new InvigilatorsNamed(SESSION, List.of(STAFF)),
                new InvigilatorCodeDrawn(SESSION, "mac of another code"),
                new SessionRescheduled(
                        SESSION, DAY, "08:30", "B12", DAY.plusDays(2), "14:00", "B14", "La salle est inondée."),
                new CandidateCorrected(
                        SESSION,
                        CANDIDATE,
                        LEARNER,
                        0,
                        Personal.of(
                                LEARNER.value(),
                                new CandidateIdentity("Zoé", "d’Été-Martin", LocalDate.of(2007, 10, 5), "Brest"))),
                new CandidateWithdrawn(SESSION, CANDIDATE),
                new AdmissionWithdrawn(exam, SESSION, CANDIDATE),
                new ExamEntered(exam, 2),
                new ExamTimerStarted(exam, 1, START.plusMillis(1_500)),
                new AlertRaised(exam, ANSWER.value(), 1, "image-not-displaying"),
                new AlertResolved(exam, ANSWER.value(), AlertResolution.REPLACED, CHALLENGE, SKILL, 90_000L),
                new TimeRestored(exam, 240_000, START.plusMillis(8_619_000)),
                new IssueReported(
                        SESSION,
                        ANSWER.value(),
                        CANDIDATE,
                        "image-not-displaying",
                        1,
                        Personal.of(LEARNER.value(), new IssueDescription("L’image de Zoé ne s’affiche pas."))),
                new IssueResolved(SESSION, ISSUE, Resolution.NO_EFFECT),
                new QuestionNeutralised(exam, 1, ISSUE, SessionEvent.ReasonCode.ISSUE_REPORTED, reason),
                new QuestionReinstated(exam, 1, SessionEvent.ReasonCode.JURY, reason),
                new ExamCancelled(exam, SessionEvent.ReasonCode.ADMINISTRATIVE, reason),
                new ExamReinstated(exam, SessionEvent.ReasonCode.JURY, reason),
                new ExamRejectedForFraud(exam, SessionEvent.ReasonCode.FRAUD, reason),
                new ExamFraudLifted(exam, SessionEvent.ReasonCode.JURY, reason),
                new ExamCommented(
                        exam, true, Personal.of(LEARNER.value(), new ExamComment("Vu avec le centre le 17 mai."))),
                new OfficerAssigned(SESSION, STAFF),
                new JuryActProposed(
                        ISSUE,
                        exam,
                        STAFF,
                        JuryActKind.CORRECT_IDENTITY,
                        new ActParameters(SessionEvent.ReasonCode.IDENTITY_CORRECTED, null, null, CERTIFICATE),
                        DAY.plusDays(14),
                        Personal.of(
                                LEARNER.value(),
                                new ProposedAct(
                                        "Livret de famille présenté.",
                                        new CandidateIdentity(
                                                "Zoé", "d’Été-Martin", LocalDate.of(2007, 10, 6), "Brest")))),
                new JuryActConfirmed(ISSUE, exam),
                new JuryActWithdrawn(ISSUE, exam),
                new CertificateReplaced(CERTIFICATE, StreamIds.certificate(exam, 2), new VerificationCode("P-8HKQMX")));
    }

    /** The golden case of the brief: imported, without key, points or overall level. */
    private static CertificateImported martinDupuis() {
        var levels = new TreeMap<CompetenceCode, Level>();
        levels.put(new CompetenceCode("1.1"), new Level(4));
        levels.put(new CompetenceCode("1.2"), new Level(3));
        levels.put(new CompetenceCode("1.3"), new Level(2));
        levels.put(new CompetenceCode("2.1"), new Level(3));
        return new CertificateImported(
                CERTIFICATE,
                LEARNER,
                new VerificationCode("P-234567"),
                null,
                new FrameworkVersion("2019"),
                5,
                LocalDate.of(2020, 6, 13),
                LocalDate.of(2020, 7, 13),
                LocalDate.of(2023, 7, 13),
                new RulesVersion("3y-1"),
                new Centre(null, "Lycée Léonard de Vinci"),
                levels,
                null,
                null,
                null,
                "brief",
                Personal.of(
                        LEARNER.value(),
                        new CertificateHolder("Martin", "Dupuis", LocalDate.of(1988, 10, 5), "Paris 8", null)));
    }
}
