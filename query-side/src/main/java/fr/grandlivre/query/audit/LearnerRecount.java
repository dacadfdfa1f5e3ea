package fr.grandlivre.query.audit;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.evaluation.EvaluationEvent.LevelChanged;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.session.SessionEvent.CertifiableCompetence;
import fr.grandlivre.events.session.SessionEvent.EndReason;
import fr.grandlivre.events.session.SessionEvent.ExamAnswerRecorded;
import fr.grandlivre.events.session.SessionEvent.ExamEnded;
import fr.grandlivre.events.session.SessionEvent.ExamScored;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.LevelsText;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.audit.Recount.Alternative;
import fr.grandlivre.query.audit.Recount.Discrepancy;
import fr.grandlivre.query.audit.Recount.Rules;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.certificate.CertificateConsequence;
import fr.grandlivre.rules.certificate.ValidityPolicy;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.evaluation.PixScore;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.session.ExamRules;
import fr.grandlivre.rules.session.ExamScoring;
import fr.grandlivre.rules.session.JuryRecord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The recount of some learners: what is theirs is folded here, event by event. Of one thread at a time. */
final class LearnerRecount {
    private static final String ABSENT = "absent";

    private final Frameworks frameworks;
    private final Rules rules;
    private final Past past;
    private final Map<UUID, Count> counts = new HashMap<>();
    private final Map<UUID, Exam> exams = new HashMap<>();
    private final Map<UUID, LearnerId> holders = new HashMap<>();
    private final Map<LearnerId, ReportLines> lines = new HashMap<>();
    private final SortedMap<String, String> states = new TreeMap<>();
    private final List<Discrepancy> discrepancies = new ArrayList<>();
    private final List<Alternative> alternatives = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    /** Gives what was known at a position that is past. */
    @FunctionalInterface
    interface Past {
        Knowledge of(UUID stream, CompetenceCode competence, long upToPosition);
    }

    LearnerRecount(Frameworks frameworks, Rules rules, Past past) {
        this.frameworks = frameworks;
        this.rules = rules;
        this.past = past;
    }

    /** One learner in one competence. */
    private static final class Count {
        private final LearnerId learner;
        private final CompetenceCode competence;
        private Knowledge knowledge;
        private Level recorded = new Level(0);
        /** Of the last event that may move the level. */
        private long cause;

        Count(LearnerId learner, CompetenceCode competence, Knowledge knowledge) {
            this.learner = learner;
            this.competence = competence;
            this.knowledge = knowledge;
        }

        String key() {
            return "learner/" + learner + "/competence/" + competence;
        }
    }

    /** One sitting. */
    private static final class Exam {
        private final ExamStarted started;
        private final List<Outcome> outcomes = new ArrayList<>();
        private final Map<Integer, ExamScoring> scorings = new HashMap<>();
        private JuryRecord jury = JuryRecord.NONE;
        private @Nullable EndReason end;
        private @Nullable LocalDate delivered;

        /** @param started with the profile as the answers give it */
        Exam(ExamStarted started) {
            this.started = started;
        }

        String key() {
            return "exam/" + started.exam();
        }
    }

    /** @return whose event it is; empty when only its stream says so */
    static Optional<LearnerId> learner(LedgerEvent event) {
        return Optional.ofNullable(
                switch (event) {
                    case AnswerRecorded answer -> answer.learner();
                    case LevelChanged changed -> changed.learner();
                    case ImprovementStarted started -> started.learner();
                    case CompetenceReset reset -> reset.learner();
                    case HistoryAbsorbed absorbed -> absorbed.learner();
                    case ExamStarted started -> started.learner();
                    case CertificateIssued issued -> issued.learner();
                    case CertificateImported imported -> imported.learner();
                    default -> null;
                });
    }

    /** @return whether the rest of the stream does not say whose it is */
    static boolean begins(LedgerEvent event) {
        return event instanceof ExamStarted
                || event instanceof CertificateIssued
                || event instanceof CertificateImported;
    }

    /** @return what is known after the event, under these rules; nothing is kept that a score does not rest on */
    static Knowledge after(Knowledge knowledge, Recorded recorded, Rules rules) {
        EvaluationEvent event = (EvaluationEvent) recorded.event();
        if (event instanceof AnswerRecorded answer && rules.framework().isPresent()) {
            FrameworkVersion other = rules.framework().get();
            if (knowledge.frameworks().of(other).skill(answer.skill()).isEmpty()) {
                return knowledge; // The other version does not hold the skill: the answer says nothing there.
            }
            event = new AnswerRecorded(
                    answer.answer(),
                    answer.learner(),
                    answer.competence(),
                    answer.challenge(),
                    answer.skill(),
                    other,
                    answer.outcome(),
                    answer.focusedOut(),
                    answer.elapsedMs(),
                    answer.participation(),
                    answer.choices(),
                    null);
        }
        return knowledge.after(event, recorded.recordedAt()).forScoring();
    }

    void after(Recorded recorded) {
        switch (recorded.event()) {
            case EvaluationEvent event -> evaluation(event, recorded);
            case SessionPublished published -> published(published, recorded);
            case ExamStarted started -> {
                started(started, recorded);
                lines(started.learner()).after(started);
            }
            case SessionEvent event -> exam(event, recorded);
            case CertificateIssued issued -> {
                certificate(issued, recorded);
                holders.put(recorded.stream(), issued.learner());
                lines(issued.learner()).after(issued);
            }
            case CertificateImported imported -> {
                holders.put(recorded.stream(), imported.learner());
                lines(imported.learner()).after(imported);
                states.put("certificate/" + imported.certificateId(), LevelsText.write(imported.levels()));
            }
            default ->
                Optional.ofNullable(holders.get(recorded.stream()))
                        .ifPresent(holder -> lines(holder).after(recorded.event()));
        }
    }

    private ReportLines lines(LearnerId learner) {
        return lines.computeIfAbsent(learner, _ -> new ReportLines());
    }

    private void evaluation(EvaluationEvent event, Recorded recorded) {
        Count count = counts.computeIfAbsent(recorded.stream(), _ -> {
            CompetenceCode code = competence(event);
            return new Count(learner(event).orElseThrow(), code, Knowledge.none(frameworks, code));
        });
        if (event instanceof LevelChanged changed) {
            changed(count, changed, recorded);
            return;
        }
        nothingMissing(count);
        if (event instanceof CompetenceReset reset) {
            PixScore before = count.knowledge.score();
            compare(count, "/reset/level", reset.level(), before.level(), recorded.position());
            compare(count, "/reset/pix", reset.pix(), before.pix(), recorded.position());
        }
        if (event instanceof HistoryAbsorbed absorbed) {
            absorbed(count, absorbed, recorded);
        }
        count.knowledge = after(count.knowledge, recorded, rules);
        count.cause = recorded.position();
    }

    /** What was absorbed is what the other account's stream says. */
    private void absorbed(Count count, HistoryAbsorbed absorbed, Recorded recorded) {
        var expected = past.of(absorbed.source(), absorbed.competence(), recorded.position())
                .absorbedBy(absorbed.absorption(), absorbed.learner(), absorbed.source(), absorbed.throughSeq());
        compare(
                count,
                "/absorbed/validated",
                absorbed.validated(),
                expected.map(HistoryAbsorbed::validated).orElse(List.of()),
                recorded.position());
        compare(
                count,
                "/absorbed/invalidated",
                absorbed.invalidated(),
                expected.map(HistoryAbsorbed::invalidated).orElse(List.of()),
                recorded.position());
    }

    private static CompetenceCode competence(EvaluationEvent event) {
        return switch (event) {
            case AnswerRecorded answer -> answer.competence();
            case LevelChanged changed -> changed.competence();
            case ImprovementStarted started -> started.competence();
            case CompetenceReset reset -> reset.competence();
            case HistoryAbsorbed absorbed -> absorbed.competence();
            default -> throw new IllegalArgumentException(event.getClass() + " is not recounted");
        };
    }

    private void changed(Count count, LevelChanged changed, Recorded recorded) {
        PixScore score = count.knowledge.score();
        compare(count, "/from", changed.from(), count.recorded, recorded.position());
        compare(count, "/level", changed.to(), score.level(), recorded.position());
        compare(count, "/pix", changed.pix(), score.pix(), recorded.position());
        count.recorded = changed.to();
    }

    /** A level that moved is recorded with the answer that moved it, and before anything else of the stream. */
    private void nothingMissing(Count count) {
        compare(count, "/level", count.recorded, count.knowledge.score().level(), count.cause);
    }

    private void compare(Count count, String pointer, Object recorded, Object recomputed, long position) {
        compare(
                count.key(),
                pointer,
                recorded,
                recomputed,
                position,
                count.knowledge.framework().map(FrameworkVersion::value).orElse(""),
                List.of(count.cause));
    }

    private void compare(
            String key,
            String pointer,
            @Nullable Object recorded,
            @Nullable Object recomputed,
            long position,
            String framework,
            List<Long> because) {
        if (rules.isWhatIf() || Objects.equals(recorded, recomputed) || !told.add(key + pointer)) {
            return; // Told once, where it first diverges: what follows from it is no other fault.
        }
        discrepancies.add(
                new Discrepancy(key, pointer, text(recorded), text(recomputed), position, framework, because));
    }

    private static String text(@Nullable Object value) {
        return value == null ? ABSENT : value.toString();
    }

    private void started(ExamStarted started, Recorded recorded) {
        List<CertifiableCompetence> recounted = new ArrayList<>();
        Map<CompetenceCode, CertifiableCompetence> listed = new TreeMap<>();
        started.certifiable().forEach(one -> listed.put(one.competence(), one));
        ExamRules inForce = examRules(started);
        frameworks.of(started.framework()).competences().forEach(competence -> {
            CertifiableCompetence frozen = listed.get(competence.code());
            PixScore score = score(started, competence.code(), frozen);
            String pointer = "/certifiable/" + competence.code();
            String framework = started.framework().value();
            List<Long> because = List.of(started.profilePosition());
            if (frozen != null) {
                compare(
                        "exam/" + started.exam(),
                        pointer + "/level",
                        frozen.level(),
                        score.level(),
                        recorded.position(),
                        framework,
                        because);
                compare(
                        "exam/" + started.exam(),
                        pointer + "/pix",
                        frozen.pix(),
                        score.pix(),
                        recorded.position(),
                        framework,
                        because);
                recounted.add(new CertifiableCompetence(competence.code(), score.level(), score.pix()));
            } else if (score.level().compareTo(inForce.certifiableLevel()) >= 0) {
                compare(
                        "exam/" + started.exam(),
                        pointer + "/level",
                        null,
                        score.level(),
                        recorded.position(),
                        framework,
                        because);
            }
        });
        exams.put(
                started.exam().value(),
                new Exam(new ExamStarted(
                        started.exam(),
                        started.session(),
                        started.candidate(),
                        started.learner(),
                        started.startedAt(),
                        started.endsAt(),
                        started.extraTimePercent(),
                        started.framework(),
                        started.rules(),
                        started.profilePosition(),
                        recounted,
                        started.questions(),
                        started.entry())));
    }

    private PixScore score(ExamStarted started, CompetenceCode code, @Nullable CertifiableCompetence frozen) {
        UUID stream = StreamIds.evaluation(started.learner(), code);
        Count count = counts.get(stream);
        Knowledge now = count == null ? Knowledge.none(frameworks, code) : count.knowledge;
        boolean same = frozen == null
                ? now.score().level().value() == 0
                : now.score().level().equals(frozen.level())
                        && now.score().pix().equals(frozen.pix());
        return same || count == null || count.cause <= started.profilePosition()
                ? now.score()
                : past.of(stream, code, started.profilePosition()).score();
    }

    private ExamRules examRules(ExamStarted started) {
        return ExamRules.of(rules.exams().orElse(started.rules()));
    }

    private void exam(SessionEvent event, Recorded recorded) {
        Exam exam = exams.get(recorded.stream());
        if (exam == null) {
            return; // A decision about a sitting of the time before the ledger.
        }
        exam.jury = exam.jury.after(event);
        switch (event) {
            case ExamAnswerRecorded answer -> exam.outcomes.add(answer.outcome());
            case ExamEnded ended -> exam.end = ended.reason();
            case ExamScored scored -> {
                scored(exam, scored, recorded);
                lines(exam.started.learner()).after(scored);
            }
            default -> {}
        }
    }

    private void scored(Exam exam, ExamScored scored, Recorded recorded) {
        FrameworkVersion framework = rules.framework().orElse(scored.framework());
        ExamScoring result = ExamScoring.of(
                exam.started,
                exam.outcomes,
                Objects.requireNonNullElse(exam.end, EndReason.SESSION_FINALISED),
                exam.jury,
                examRules(exam.started),
                frameworks.of(framework).scale());
        exam.scorings.put(scored.scoring(), result);
        ExamScored again = result.scored(exam.started, scored.scoring());
        Fields fields = new Fields(exam.key(), recorded.position(), framework.value());
        fields.compare("/outcome", scored.outcome(), again.outcome());
        fields.compare("/cause", scored.cause(), again.cause());
        fields.compare("/asked", scored.asked(), again.asked());
        fields.compare("/neutralised", scored.neutralised(), again.neutralised());
        fields.compare("/correct", scored.correct(), again.correct());
        fields.compare("/ratePercent", scored.ratePercent(), again.ratePercent());
        fields.compare("/totalPix", scored.totalPix(), again.totalPix());
        SortedMap<CompetenceCode, SessionEvent.ScoredCompetence> recordedBy = new TreeMap<>();
        scored.competences().forEach(one -> recordedBy.put(one.competence(), one));
        again.competences().forEach(one -> {
            SessionEvent.ScoredCompetence other = recordedBy.remove(one.competence());
            String pointer = "/competences/" + one.competence();
            fields.compare(pointer + "/level", other == null ? null : other.level(), one.level());
            fields.compare(pointer + "/pix", other == null ? null : other.pix(), one.pix());
            fields.compare(pointer + "/verdict", other == null ? null : other.verdict(), one.verdict());
        });
        recordedBy.forEach((code, one) -> fields.compare("/competences/" + code + "/level", one.level(), null));
        states.put(
                exam.key(),
                again.outcome() + " " + again.ratePercent() + " " + again.totalPix() + " "
                        + LevelsText.write(CertificateConsequence.certified(again.competences())));
    }

    /** Values of one thing that one event states. */
    private final class Fields {
        private final String key;
        private final long position;
        private final String framework;

        Fields(String key, long position, String framework) {
            this.key = key;
            this.position = position;
            this.framework = framework;
        }

        void compare(String pointer, @Nullable Object recorded, @Nullable Object recomputed) {
            if (rules.isWhatIf() && !Objects.equals(recorded, recomputed)) {
                alternatives.add(new Alternative(key, pointer, text(recorded), text(recomputed)));
            }
            LearnerRecount.this.compare(key, pointer, recorded, recomputed, position, framework, List.of(position));
        }
    }

    private void published(SessionPublished published, Recorded recorded) {
        published.exams().forEach(official -> {
            Exam exam = exams.get(official.exam().value());
            if (exam != null) {
                exam.delivered = published.deliveredDate();
                lines(exam.started.learner()).after(published);
                new Fields(
                                exam.key(),
                                recorded.position(),
                                exam.started.framework().value())
                        .compare("/deliveredDate", published.deliveredDate(), ParisDays.of(published.publishedAt()));
            }
        });
    }

    private void certificate(CertificateIssued issued, Recorded recorded) {
        Fields fields = new Fields(
                "certificate/" + issued.certificateId(),
                recorded.position(),
                issued.framework().value());
        Exam exam = exams.get(issued.exam().value());
        ExamScoring scoring = exam == null ? null : exam.scorings.get(issued.scoring());
        fields.compare("/scoring", issued.scoring(), scoring == null ? null : issued.scoring());
        if (exam == null || scoring == null) {
            return;
        }
        var framework = frameworks.of(rules.framework().orElse(issued.framework()));
        SortedMap<CompetenceCode, Level> levels = CertificateConsequence.certified(scoring.competences());
        Set<CompetenceCode> codes = new TreeSet<>(levels.keySet());
        codes.addAll(issued.levels().keySet());
        codes.forEach(code -> fields.compare("/levels/" + code, issued.levels().get(code), levels.get(code)));
        fields.compare("/outcome", SessionEvent.ExamOutcome.VALIDATED, scoring.outcome());
        fields.compare("/pix", issued.pix(), scoring.totalPix());
        fields.compare("/pixMax", issued.pixMax(), framework.scale().maxTotal());
        fields.compare("/overallLevel", issued.overallLevel(), framework.scale().overallLevel(scoring.totalPix()));
        fields.compare("/maxReachableLevel", issued.maxReachableLevel(), framework.maxReachableLevel());
        fields.compare("/examDate", issued.examDate(), ParisDays.of(exam.started.startedAt()));
        if (issued.replaces() == null && exam.scorings.size() == 1) {
            // One that came later, or took another's place, has its own day of delivery.
            fields.compare("/deliveredDate", issued.deliveredDate(), exam.delivered);
        }
        fields.compare(
                "/validUntil",
                issued.validUntil(),
                ValidityPolicy.find(issued.validityPolicy())
                        .map(policy -> policy.validUntil(issued.deliveredDate()))
                        .orElse(null));
        states.put(
                "certificate/" + issued.certificateId(),
                LevelsText.write(levels) + " " + scoring.totalPix() + " " + issued.validUntil());
    }

    /** After the last event. */
    void end() {
        counts.values().forEach(count -> {
            nothingMissing(count);
            PixScore score = count.knowledge.score();
            states.put(count.key(), score.level() + " " + score.pix() + " " + score.sum());
            if (rules.isWhatIf() && !score.level().equals(count.recorded)) {
                alternatives.add(new Alternative(count.key(), "/level", text(count.recorded), text(score.level())));
            }
        });
        lines.forEach((learner, certifications) -> {
            for (SchoolYear year : certifications.years()) {
                MentionRule rule = MentionRule.inForceOn(year.firstDay());
                states.put(
                        "learner/" + learner + "/mention/" + year,
                        certifications.mention(year, rule).name());
            }
        });
    }

    List<Discrepancy> discrepancies() {
        return discrepancies;
    }

    List<Alternative> alternatives() {
        return alternatives;
    }

    SortedMap<String, String> states() {
        return states;
    }
}
