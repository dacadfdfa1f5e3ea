package fr.grandlivre.query.audit;

import static fr.grandlivre.query.audit.Sheet.at;

import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.certificate.CertificateEvent;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateImported;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateReplaced;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.VisibilityChosen;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
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
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.school.SchoolEvent;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilLeft;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.school.SchoolEvent.RosterChanged;
import fr.grandlivre.events.school.SchoolEvent.RosterImported;
import fr.grandlivre.events.school.SchoolEvent.SchoolRegistered;
import fr.grandlivre.events.session.SessionEvent;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.schoolreport.MentionRule;
import fr.grandlivre.rules.schoolreport.MentionRule.Certification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a subject say, put together: a fold in position order, one event at a time. Personal fields stay
 * sealed; a pointer named {@code sealedAt} holds the position of the event that has them. Not thread-safe.
 */
final class SubjectFold {
    private final Subject subject;
    private final Frameworks frameworks;
    private final Sheet sheet = new Sheet();
    private final ExamPart exams;
    private final Map<CompetenceCode, Knowledge> known = new TreeMap<>();
    private final ReportLines lines = new ReportLines();
    private final Set<LearnerId> people =
            new TreeSet<>((one, other) -> one.value().compareTo(other.value()));

    /**
     * @param own streams of the subject: of a session that concerns a learner, only what is the learner's is told
     */
    SubjectFold(Subject subject, Frameworks frameworks, Set<UUID> own) {
        this.subject = subject;
        switch (subject) {
            case Subject.ReportLine(UUID learner, var _) -> about(new LearnerId(learner));
            case Subject.One(var view, UUID learner) when view == Subject.View.PEOPLE -> about(new LearnerId(learner));
            case Subject.One _, Subject.SchoolClass _ -> {}
        }
        this.frameworks = frameworks;
        this.exams = new ExamPart(sheet, subject, own, this::about);
    }

    Sheet sheet() {
        return sheet;
    }

    /** @return whose data the events are */
    Set<LearnerId> people() {
        return Set.copyOf(people);
    }

    private void about(LearnerId learner) {
        people.add(learner);
    }

    /**
     * @param said what a generic reader shows of the event: values by pointer
     * @return whether the event concerns the subject; in a stream that others share, not all do
     */
    boolean after(Recorded recorded, SortedMap<String, Object> said) {
        return switch (subject.view()) {
            case MENTION -> reportLine(recorded);
            case DIVISION -> recorded.event() instanceof SchoolEvent event && pupil(event);
            default -> {
                boolean concerned = concerns(recorded.event());
                if (concerned) {
                    say(recorded, said);
                }
                yield concerned;
            }
        };
    }

    private boolean concerns(LedgerEvent event) {
        return switch (event) {
            case SessionEvent of -> exams.concerns(of);
            case AccessRecorded _, AccessSummarised _ -> subject.view() == Subject.View.STREAM;
            default -> true;
        };
    }

    private void say(Recorded recorded, SortedMap<String, Object> said) {
        switch (recorded.event()) {
            case EvaluationEvent event -> evaluation(event, recorded);
            case SessionEvent event -> {
                if (!exams.after(event, recorded)) {
                    said.forEach(sheet::set);
                }
            }
            case CertificateEvent event -> certificate(event, recorded);
            case CampaignEvent event -> campaign(event, recorded);
            case SchoolEvent event -> school(event, recorded, said);
            default -> said.forEach(sheet::set);
        }
    }

    private void evaluation(EvaluationEvent event, Recorded recorded) {
        switch (event) {
            case AnswerRecorded answer -> knowledge(answer.learner(), answer.competence(), event, recorded);
            case LevelChanged changed -> knowledge(changed.learner(), changed.competence(), event, recorded);
            case ImprovementStarted started -> knowledge(started.learner(), started.competence(), event, recorded);
            case HistoryAbsorbed absorbed -> knowledge(absorbed.learner(), absorbed.competence(), event, recorded);
            case HistoryHandedOver handed -> knowledge(handed.learner(), handed.competence(), event, recorded);
            case CompetenceReset reset -> knowledge(reset.learner(), reset.competence(), event, recorded);
            case TimerStarted timer ->
                competence(timer).ifPresent(code -> knowledge(timer.learner(), code, event, recorded));
            case TutorialSaved saved -> tutorial(saved.learner(), saved.tutorial(), "saved", true);
            case TutorialUnsaved unsaved -> tutorial(unsaved.learner(), unsaved.tutorial(), "saved", null);
            case TutorialMarkedUseful useful -> tutorial(useful.learner(), useful.tutorial(), "useful", true);
            case TutorialUnmarkedUseful useless -> tutorial(useless.learner(), useless.tutorial(), "useful", null);
        }
    }

    private Optional<CompetenceCode> competence(TimerStarted timer) {
        return frameworks.versions().stream()
                .flatMap(framework -> framework
                        .challenge(timer.challenge())
                        .map(Challenge::skill)
                        .flatMap(framework::skill)
                        .map(Skill::competence)
                        .stream())
                .findFirst();
    }

    private void tutorial(LearnerId learner, Object tutorial, String mark, @Nullable Object value) {
        about(learner);
        sheet.set(at("tutorials", tutorial, mark), value);
    }

    private void knowledge(LearnerId learner, CompetenceCode code, EvaluationEvent event, Recorded recorded) {
        about(learner);
        Knowledge knowledge =
                known.getOrDefault(code, Knowledge.none(frameworks, code)).after(event, recorded.recordedAt());
        known.put(code, knowledge);
        if (!knowledge.isStarted()) {
            return;
        }
        var score = knowledge.score();
        sheet.set(at("competences", code, "level"), score.level().value());
        sheet.set(at("competences", code, "pix"), score.pix().value());
        sheet.set(at("competences", code, "answers"), knowledge.answers().size());
        sheet.set(at("competences", code, "passes"), knowledge.pass() + 1);
        sheet.set(at("competences", code, "framework"), knowledge.framework().orElseThrow());
        sheet.set(
                at("totalPix"),
                known.values().stream()
                        .mapToInt(each -> each.score().pix().value())
                        .sum());
    }

    private void certificate(CertificateEvent event, Recorded recorded) {
        CertificateId id = event.certificateId();
        switch (event) {
            case CertificateIssued issued -> {
                about(issued.learner());
                certificate(
                        id, issued.learner(), issued.levels(), issued.sealed(), recorded.position(), new Object[][] {
                            {"exam", issued.exam()},
                            {"scoring", issued.scoring()},
                            {"code", issued.code()},
                            {"framework", issued.framework()},
                            {"maxReachableLevel", issued.maxReachableLevel()},
                            {"examDate", issued.examDate()},
                            {"deliveredDate", issued.deliveredDate()},
                            {"validUntil", issued.validUntil()},
                            {"validityPolicy", issued.validityPolicy()},
                            {"centre", issued.centre().name()},
                            {"pix", issued.pix().value()},
                            {"pixMax", issued.pixMax().value()},
                            {"overallLevel", issued.overallLevel().value()},
                            {"replaces", issued.replaces()}
                        });
            }
            case CertificateImported imported -> {
                about(imported.learner());
                certificate(
                        id,
                        imported.learner(),
                        imported.levels(),
                        imported.sealed(),
                        recorded.position(),
                        new Object[][] {
                            {"source", imported.source()},
                            {"code", imported.code()},
                            {"framework", imported.framework()},
                            {"maxReachableLevel", imported.maxReachableLevel()},
                            {"examDate", imported.examDate()},
                            {"deliveredDate", imported.deliveredDate()},
                            {"validUntil", imported.validUntil()},
                            {"validityPolicy", imported.validityPolicy()},
                            {"centre", imported.centre().name()},
                            {
                                "pix",
                                imported.pix() == null ? null : imported.pix().value()
                            },
                            {
                                "pixMax",
                                imported.pixMax() == null
                                        ? null
                                        : imported.pixMax().value()
                            },
                            {
                                "overallLevel",
                                imported.overallLevel() == null
                                        ? null
                                        : imported.overallLevel().value()
                            }
                        });
            }
            case CertificateSuspended(var _, var reason, var since) -> stands(id, "suspended", reason, since);
            case CertificateReinstated _ -> stands(id, "valid", null, null);
            case CertificateRevoked(var _, var reason, var since) -> stands(id, "revoked", reason, since);
            case CertificateReplaced(var _, var by, var _) -> sheet.set(at("certificates", id, "replacedBy"), by);
            case VisibilityChosen(var _, var visibility) ->
                sheet.set(at("certificates", id, "visibility"), word(visibility));
        }
    }

    private void certificate(
            CertificateId id,
            LearnerId learner,
            Map<CompetenceCode, Level> levels,
            Personal<?> sealed,
            long position,
            Object[][] fields) {
        sheet.set(at("certificates", id, "learner"), learner);
        for (Object[] field : fields) {
            sheet.set(at("certificates", id, field[0]), field[1]);
        }
        levels.forEach((code, level) -> sheet.set(at("certificates", id, "levels", code), level.value()));
        sealed(at("certificates", id), sealed, position);
        stands(id, "valid", null, null);
    }

    private void stands(CertificateId id, String status, @Nullable Object reason, @Nullable Object since) {
        sheet.set(at("certificates", id, "status"), status);
        sheet.set(at("certificates", id, "reason"), reason == null ? null : word(reason));
        sheet.set(at("certificates", id, "since"), since);
    }

    private void campaign(CampaignEvent event, Recorded recorded) {
        switch (event) {
            case CampaignOpened opened -> {
                String base = at("campaigns", opened.campaign());
                sheet.set(base + "/code", opened.code());
                sheet.set(base + "/school", opened.school());
                sheet.set(base + "/framework", opened.framework());
                sheet.set(base + "/calendarStep", opened.calendarStep());
                terms(base, opened.title(), opened.audience(), opened.target(), opened.opensAt(), opened.closesAt());
            }
            case CampaignAmended(var campaign, var title, var audience, var target, var opensAt, var closesAt) ->
                terms(at("campaigns", campaign), title, audience, target, opensAt, closesAt);
            case TargetFixed(var campaign) -> sheet.set(at("campaigns", campaign, "targetFixed"), true);
            case CampaignClosed(var campaign, var closedAt, var reason) -> {
                sheet.set(at("campaigns", campaign, "closedAt"), closedAt);
                sheet.set(at("campaigns", campaign, "closingReason"), word(reason));
            }
            case CampaignCodeReserved(var code, var campaign) -> sheet.set(at("campaignCodes", code), campaign);
            case ParticipationStarted(var participation, var campaign, var learner, int attempt) -> {
                about(learner);
                sheet.set(at("participations", participation, "campaign"), campaign);
                sheet.set(at("participations", participation, "learner"), learner);
                sheet.set(at("participations", participation, "attempt"), attempt);
                sheet.set(at("participations", participation, "startedAt"), recorded.recordedAt());
            }
            case ParticipationCompleted(var participation, long position) ->
                sheet.set(at("participations", participation, "completedAtPosition"), position);
            case ResultsShared(var participation, var _, var learner, var school, long position) -> {
                about(learner);
                sheet.set(at("participations", participation, "sharedAtPosition"), position);
                sheet.set(at("participations", participation, "sharedWith"), school);
            }
        }
    }

    private void terms(
            String base,
            String title,
            List<String> audience,
            List<TargetedCompetence> target,
            Object opensAt,
            Object closesAt) {
        sheet.set(base + "/title", title);
        sheet.set(base + "/audience", String.join(" ", audience));
        sheet.set(base + "/opensAt", opensAt);
        sheet.set(base + "/closesAt", closesAt);
        sheet.remove(base + "/target");
        target.forEach(asked -> sheet.set(
                base + at("target", asked.competence()),
                asked.tubes() == null
                        ? "*"
                        : asked.tubes().stream().map(Object::toString).collect(Collectors.joining(" "))));
    }

    private void school(SchoolEvent event, Recorded recorded, SortedMap<String, Object> said) {
        switch (event) {
            case PupilEnrolled enrolled -> {
                about(enrolled.learner());
                String base = enrolment(enrolled.school(), enrolled.schoolYear(), enrolled.learner());
                sheet.set(base + "/division", enrolled.division());
                sheet.set(base + "/year", enrolled.year());
                sheet.remove(base + "/lastDay");
                sheet.remove(base + "/leavingReason");
                sealed(base, enrolled.sealed(), recorded.position());
            }
            case PupilCorrected corrected -> {
                about(corrected.learner());
                String base = enrolment(corrected.school(), corrected.schoolYear(), corrected.learner());
                sheet.set(base + "/year", corrected.year());
                sealed(base, corrected.sealed(), recorded.position());
            }
            case PupilMoved(var school, var year, var learner, var _, var to) ->
                sheet.set(enrolment(school, year, learner) + "/division", to);
            case PupilLeft(var school, var year, var learner, var lastDay, var reason) -> {
                sheet.set(enrolment(school, year, learner) + "/lastDay", lastDay);
                sheet.set(enrolment(school, year, learner) + "/leavingReason", word(reason));
            }
            default -> said.forEach(sheet::set);
        }
    }

    private static String enrolment(Object school, Object year, Object learner) {
        return at("enrolments", school, year, learner);
    }

    private void sealed(String base, @Nullable Personal<?> sealed, long position) {
        sheet.set(base + "/sealedAt", sealed == null ? null : position);
    }

    /** A class holds whoever is enrolled in it now; what happens to somebody elsewhere is not its own. */
    private boolean pupil(SchoolEvent event) {
        return switch (event) {
            case PupilEnrolled enrolled -> pupil(enrolled.learner(), enrolled.division(), enrolled.year());
            case PupilCorrected corrected -> pupil(corrected.learner(), corrected.division(), corrected.year());
            case PupilMoved moved -> pupil(moved.learner(), moved.toDivision(), null);
            case PupilLeft left -> pupil(left.learner(), null, null);
            case SchoolRegistered _, RosterImported _, RosterChanged _ -> false;
        };
    }

    private boolean pupil(LearnerId learner, @Nullable Division now, @Nullable String year) {
        boolean before = sheet.has(at("pupils", learner, "present"));
        boolean inside = subject instanceof Subject.SchoolClass(var _, var _, var own) && own.equals(now);
        if (!before && !inside) {
            return false;
        }
        about(learner);
        place(learner, inside, year);
        return true;
    }

    private void place(LearnerId learner, boolean inside, @Nullable String year) {
        if (inside) {
            sheet.set(at("pupils", learner, "present"), true);
            if (year != null) {
                sheet.set(at("pupils", learner, "year"), year);
            }
        } else {
            sheet.remove(at("pupils", learner));
        }
    }

    /** The enrolments of the year, and what moves the line. */
    private boolean reportLine(Recorded recorded) {
        if (!(subject instanceof Subject.ReportLine(var learner, var year))) {
            throw new IllegalStateException("only a line of a school report is folded so");
        }
        lines.after(recorded.event());
        MentionRule rule = MentionRule.inForceOn(year.firstDay());
        List<Certification> ofYear = lines.certifications().stream()
                .filter(certification -> year.contains(certification.examDate()))
                .toList();
        if (ofYear.isEmpty()) {
            return recorded.event() instanceof SchoolEvent;
        }
        sheet.set(at("rule"), rule.version());
        sheet.set(at("mention"), word(lines.mention(year, rule)));
        ofYear.forEach(certification -> {
            String base = at("certifications", certification.id());
            sheet.set(base + "/examDate", certification.examDate());
            sheet.set(base + "/status", word(rule.status(certification)));
            sheet.set(base + "/certificate", word(certification.certificate()));
        });
        return sheet.isChanged() || recorded.event() instanceof SchoolEvent;
    }

    /** @return an enumerated value as events write it */
    static String word(Object value) {
        return value.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
