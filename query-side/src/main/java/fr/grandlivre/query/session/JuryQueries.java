package fr.grandlivre.query.session;

import fr.grandlivre.events.EventCodec;
import fr.grandlivre.events.EventMetadata;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.PersonalVault;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionComment;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.CandidateCorrected;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamCommented;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.session.SessionEvent.IssueResolved;
import fr.grandlivre.events.session.SessionEvent.OfficerAssigned;
import fr.grandlivre.events.session.SessionEvent.Question;
import fr.grandlivre.events.session.SessionEvent.SessionFinalised;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import fr.grandlivre.events.vocabulary.SessionId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.session.Examination.Answer;
import fr.grandlivre.query.session.Examination.Certified;
import fr.grandlivre.query.session.Examination.Entry;
import fr.grandlivre.rules.certificate.CertificateStanding;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.session.JuryRecord;
import fr.grandlivre.rules.session.SessionDossier;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.StoredEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a jury decides on straight from the ledger: reasons are in no view, and whoever acts sees the act at once.
 * Thread-safe.
 */
public final class JuryQueries {
    private final LedgerReader ledger;
    private final EventCodec codec;
    private final RecordedEvents events;
    private final RecordedEvents commented;
    private final Frameworks frameworks;

    /** @param vault opens identities, reasons and comments */
    public JuryQueries(LedgerReader ledger, EventCodec codec, PersonalVault vault, Frameworks frameworks) {
        this.ledger = ledger;
        this.codec = codec;
        this.events = RecordedEvents.all(codec, vault);
        this.commented = RecordedEvents.of(codec, vault, Set.of(ExamCommented.class));
        this.frameworks = frameworks;
    }

    /** @return the exam; empty unless it ended and its session is finalised */
    public Optional<Examination> byExam(ExamId exam) {
        List<Entry> sitting = entries(exam.value());
        Optional<ExamStarted> started = first(sitting, ExamStarted.class);
        Optional<ExamEnded> ended = first(sitting, ExamEnded.class);
        if (started.isEmpty() || ended.isEmpty()) {
            return Optional.empty();
        }
        List<Entry> session = entries(started.get().session().value());
        return first(session, SessionFinalised.class)
                .map(_ -> examination(started.get(), ended.get(), sitting, session));
    }

    private Examination examination(ExamStarted started, ExamEnded ended, List<Entry> sitting, List<Entry> session) {
        SessionDossier dossier = dossier(session);
        JuryRecord record = record(sitting);
        List<Entry> timeline = new ArrayList<>();
        sitting.stream().filter(JuryQueries::isShown).forEach(timeline::add);
        session.stream()
                .filter(entry -> concerns(started.candidate(), dossier, entry.event()))
                .forEach(timeline::add);
        List<Certified> certificates = certificates(started.exam(), timeline);
        timeline.sort(Comparator.comparingLong(Entry::position));
        return new Examination(
                started,
                ended.reason(),
                answers(started, sitting, record, dossier),
                identity(started.candidate(), session),
                dossier,
                first(session, SessionPublished.class).isPresent(),
                sitting.stream()
                        .flatMap(entry ->
                                entry.event() instanceof ExamScored scored ? Stream.of(scored) : Stream.empty())
                        .reduce((_, last) -> last),
                record,
                certificates,
                timeline,
                frameworks.of(started.framework()).scale(),
                Math.max(
                        Math.max(sitting.getLast().position(), session.getLast().position()),
                        timeline.getLast().position()));
    }

    /** @return what the jury decided and proposed about a sitting; nothing for a stream without events */
    public JuryRecord record(ExamId exam) {
        return record(entries(exam.value()));
    }

    private static JuryRecord record(List<Entry> sitting) {
        JuryRecord record = JuryRecord.NONE;
        for (Entry entry : sitting) {
            record = record.after((SessionEvent) entry.event());
        }
        return record;
    }

    /** @return what a jury has to look at in each session */
    public Map<SessionId, SessionDossier> dossiers(Collection<SessionId> sessions) {
        Map<SessionId, SessionDossier> dossiers = new HashMap<>();
        List<StoredEvent> facts =
                ledger.streams(sessions.stream().map(SessionId::value).toList(), Long.MAX_VALUE);
        for (StoredEvent stored : facts) {
            SessionId session = new SessionId(stored.stream());
            SessionDossier before = dossiers.getOrDefault(session, SessionDossier.EMPTY);
            dossiers.put(
                    session, before.after((SessionEvent) events.read(stored).event()));
        }
        return dossiers;
    }

    /** @return what the centre told the jury; empty when it said nothing, or its author was erased */
    public Optional<String> comment(SessionId session) {
        return first(entries(session.value()), SessionFinalised.class)
                .flatMap(finalised -> Optional.ofNullable(finalised.sealed()))
                .flatMap(personal -> personal.value().map(SessionComment::comment));
    }

    /** @return what the jury wrote for the centre about each exam, oldest first; erased comments are left out */
    public Map<ExamId, List<String>> commentsForCentre(Collection<ExamId> exams) {
        Map<ExamId, List<String>> comments = new HashMap<>();
        List<StoredEvent> sittings =
                ledger.streams(exams.stream().map(ExamId::value).toList(), Long.MAX_VALUE);
        for (Recorded recorded : commented.read(sittings)) {
            if (recorded.event() instanceof ExamCommented comment && comment.forOrganisation()) {
                comment.sealed()
                        .value()
                        .ifPresent(words -> comments.computeIfAbsent(comment.exam(), _ -> new ArrayList<>())
                                .add(words.text()));
            }
        }
        return comments;
    }

    /**
     * Where the jury's acts on a certificate stand.
     *
     * @param exam     the sitting, or the stream that stands for it
     * @param imported whether it was sat before the ledger
     */
    public record Sitting(ExamId exam, boolean imported) {}

    /** @return empty when there is no such certificate */
    public Optional<Sitting> sittingOf(CertificateId certificate) {
        return ledger.stream(certificate.value(), 0).stream()
                .findFirst()
                .map(stored -> events.read(stored).event() instanceof CertificateIssued issued
                        ? new Sitting(issued.exam(), false)
                        : new Sitting(StreamIds.importedSitting(certificate), true));
    }

    private static SessionDossier dossier(List<Entry> session) {
        SessionDossier dossier = SessionDossier.EMPTY;
        for (Entry entry : session) {
            dossier = dossier.after((SessionEvent) entry.event());
        }
        return dossier;
    }

    private List<Answer> answers(ExamStarted started, List<Entry> sitting, JuryRecord record, SessionDossier dossier) {
        Framework framework = frameworks.of(started.framework());
        Map<Integer, ExamAnswerRecorded> given = new HashMap<>();
        sitting.forEach(entry -> {
            if (entry.event() instanceof ExamAnswerRecorded answer) {
                given.put(answer.number(), answer);
            }
        });
        return started.questions().stream()
                .map(question -> answer(question, given.get(question.number()), framework, record, started, dossier))
                .toList();
    }

    private static Answer answer(
            Question question,
            @Nullable ExamAnswerRecorded given,
            Framework framework,
            JuryRecord record,
            ExamStarted started,
            SessionDossier dossier) {
        var challenge = given == null ? question.challenge() : given.challenge();
        return new Answer(
                question.number(),
                question.competence(),
                framework.challenge(challenge).orElseThrow().skill(),
                challenge,
                given == null ? null : given.outcome(),
                given == null ? null : given.focusedOut(),
                record.neutralised().contains(question.number()),
                dossier.issues().values().stream()
                        .filter(issue ->
                                started.candidate().equals(issue.reported().candidate())
                                        && Integer.valueOf(question.number())
                                                .equals(issue.reported().number()))
                        .toList());
    }

    private static @Nullable CandidateIdentity identity(CandidateId candidate, List<Entry> session) {
        return session.stream()
                .map(Entry::event)
                .flatMap(event -> switch (event) {
                    case CandidateEnrolled enrolled
                    when enrolled.candidate().equals(candidate) -> Stream.of(enrolled.sealed());
                    case CandidateCorrected corrected
                    when corrected.candidate().equals(candidate) -> Stream.of(corrected.sealed());
                    default -> Stream.empty();
                })
                .reduce((_, last) -> last)
                .flatMap(personal -> personal.value())
                .orElse(null);
    }

    private List<Certified> certificates(ExamId exam, List<Entry> timeline) {
        List<Certified> certificates = new ArrayList<>();
        for (int number = 1; ; number++) {
            List<Entry> life = entries(StreamIds.certificate(exam, number).value());
            if (life.isEmpty()) {
                return certificates;
            }
            life.stream().filter(JuryQueries::isDecided).forEach(timeline::add);
            CertificateIssued issued = (CertificateIssued) life.getFirst().event();
            certificates.add(new Certified(
                    issued,
                    life.stream()
                            .skip(1)
                            .map(entry -> (CertificateEvent) entry.event())
                            .reduce(
                                    CertificateStanding.born(issued).orElseThrow(),
                                    CertificateStanding::after,
                                    (_, last) -> last)));
        }
    }

    /** What the holder lets others see is no business of the jury. */
    private static boolean isDecided(Entry entry) {
        return switch ((CertificateEvent) entry.event()) {
            case CertificateEvent.VisibilityChosen _ -> false;
            case CertificateIssued _,
                    CertificateEvent.CertificateImported _,
                    CertificateEvent.CertificateSuspended _,
                    CertificateEvent.CertificateReinstated _,
                    CertificateEvent.CertificateRevoked _,
                    CertificateEvent.CertificateReplaced _ -> true;
        };
    }

    private static boolean isShown(Entry entry) {
        return switch ((SessionEvent) entry.event()) {
            case ExamEnded _,
                    ExamScored _,
                    SessionEvent.QuestionNeutralised _,
                    SessionEvent.QuestionReinstated _,
                    SessionEvent.ExamCancelled _,
                    SessionEvent.ExamReinstated _,
                    SessionEvent.ExamRejectedForFraud _,
                    SessionEvent.ExamFraudLifted _,
                    SessionEvent.ExamCommented _,
                    SessionEvent.JuryActProposed _,
                    SessionEvent.JuryActConfirmed _,
                    SessionEvent.JuryActWithdrawn _ -> true;
            default -> false; // The candidate's own part of the sitting.
        };
    }

    private static boolean concerns(CandidateId candidate, SessionDossier dossier, LedgerEvent event) {
        return switch (event) {
            case SessionFinalised _, SessionPublished _, OfficerAssigned _ -> true;
            case CandidateCorrected corrected -> corrected.candidate().equals(candidate);
            case IssueReported reported -> candidate.equals(reported.candidate());
            case IssueResolved resolved ->
                Optional.ofNullable(dossier.issues().get(resolved.issue()))
                        .filter(issue -> candidate.equals(issue.reported().candidate()))
                        .isPresent();
            default -> false;
        };
    }

    private List<Entry> entries(UUID stream) {
        return ledger.stream(stream, 0).stream().map(this::entry).toList();
    }

    private Entry entry(StoredEvent stored) {
        EventMetadata metadata = codec.decodeMetadata(stored.metadata());
        return new Entry(
                stored.position(),
                stored.recordedAt(),
                metadata.actor(),
                metadata.role(),
                events.read(stored).event());
    }

    private static <E extends LedgerEvent> Optional<E> first(List<Entry> entries, Class<E> type) {
        return entries.stream()
                .map(Entry::event)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
