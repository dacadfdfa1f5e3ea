package fr.grandlivre.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ClosingReason;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateIssued;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.evaluation.EvaluationEvent;
import fr.grandlivre.events.identity.AccountIdentity;
import fr.grandlivre.events.identity.IdentityEvent.IdentityCorrected;
import fr.grandlivre.events.privacy.AccessEvent.UnmaskingGranted;
import fr.grandlivre.events.privacy.AccessReader;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.school.SchoolEvent.PupilCorrected;
import fr.grandlivre.events.school.SchoolEvent.PupilEnrolled;
import fr.grandlivre.events.school.SchoolEvent.PupilMoved;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.ExamOutcome;
import fr.grandlivre.events.session.SessionEvent.ExamStarted;
import fr.grandlivre.events.session.SessionEvent.PublishedExam;
import fr.grandlivre.events.session.SessionEvent.SessionPublished;
import fr.grandlivre.events.verification.VerificationEvent.CodeReserved;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.ParticipationId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.events.vocabulary.VerificationCode;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.RandomHistories;
import fr.grandlivre.query.Recorded;
import fr.grandlivre.query.RecordedEvents;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.audit.HistoryQueries.Difference;
import fr.grandlivre.query.audit.HistoryQueries.Life;
import fr.grandlivre.query.audit.HistoryQueries.Step;
import fr.grandlivre.query.audit.Subject.One;
import fr.grandlivre.query.audit.Subject.View;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.evaluation.Knowledge;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tube;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class HistoryQueriesTest {
    private static final long SEED = new Random().nextLong();

    private final Frameworks frameworks = Frameworks.shipped();
    private TestViews views;
    private TieProjection ties;
    private HistoryQueries history;

    @BeforeEach
    void create() {
        views = new TestViews();
        ties = new TieProjection();
        views.create(ties);
        history = new HistoryQueries(
                views.jdbc(),
                views.reader(),
                new LedgerQueries(views.reader(), views.codec()),
                views.codec(),
                frameworks);
    }

    @AfterEach
    void close() {
        views.close();
    }

    private static One one(View view, UUID id) {
        return new One(view, id);
    }

    private Life life(Subject subject, long upTo) {
        return history.life(subject, upTo).orElseThrow();
    }

    /** Another program for the same thing: one filter and one loop a position. */
    private Map<CompetenceCode, Knowledge> naive(List<Recorded> all, LearnerId learner, long position) {
        Map<CompetenceCode, Knowledge> known = new TreeMap<>();
        for (Recorded recorded : all) {
            if (recorded.position() <= position && recorded.event() instanceof EvaluationEvent event) {
                frameworks.versions().getLast().competences().forEach(competence -> {
                    if (recorded.stream().equals(StreamIds.evaluation(learner, competence.code()))) {
                        known.put(
                                competence.code(),
                                known.getOrDefault(competence.code(), Knowledge.none(frameworks, competence.code()))
                                        .after(event, recorded.recordedAt()));
                    }
                });
            }
        }
        return known;
    }

    @Test
    void a_state_as_of_every_position_of_random_histories_equals_a_naive_fold() {
        RandomHistories random = new RandomHistories(views, frameworks, SEED);
        for (int i = 0; i < 250; i++) {
            random.somethingHappens();
        }
        List<Recorded> all =
                RecordedEvents.all(views.codec(), null).read(views.reader().page(0, 10_000));
        LearnerId learner = random.learners().getFirst();
        for (long position = 0; position <= views.reader().head(); position++) {
            ObjectNode state =
                    life(one(View.PROFILE, learner.value()), position).state();
            Map<CompetenceCode, Knowledge> expected = naive(all, learner, position);
            expected.values().removeIf(knowledge -> knowledge.answers().isEmpty());
            assertThat(state.path("competences").size())
                    .as("seed %d, position %d", SEED, position)
                    .isEqualTo(expected.size());
            expected.forEach((code, knowledge) -> {
                JsonNode competence = state.get("competences").get(code.value());
                assertThat(competence.get("level").asInt())
                        .as("seed %d", SEED)
                        .isEqualTo(knowledge.score().level().value());
                assertThat(competence.get("pix").asInt())
                        .isEqualTo(knowledge.score().pix().value());
                assertThat(competence.get("answers").asInt())
                        .isEqualTo(knowledge.answers().size());
            });
        }
    }

    /** Pupils who take part in one of two campaigns, which are amended, fixed and closed meanwhile, at random. */
    private void campaignsAtRandom(List<CampaignId> campaigns, Random random) {
        Map<ParticipationId, CampaignId> running = new LinkedHashMap<>();
        for (CampaignId campaign : campaigns) {
            views.append(campaign.value(), opened(campaign, random));
        }
        for (int i = 0; i < 150; i++) {
            views.setNow(views.now().plusMillis(1 + random.nextInt(60_000)));
            CampaignId campaign = campaigns.get(random.nextInt(campaigns.size()));
            LearnerId learner = Facts.learner(1 + random.nextInt(8));
            var participation = new ParticipationId(new UUID(random.nextLong(), random.nextLong()));
            var earlier = running.isEmpty()
                    ? participation
                    : List.copyOf(running.keySet()).get(random.nextInt(running.size()));
            CampaignId its = running.getOrDefault(earlier, campaign);
            switch (random.nextInt(8)) {
                case 0 -> views.append(campaign.value(), amended(campaign, random));
                case 1 -> views.append(campaign.value(), new TargetFixed(campaign));
                case 2 ->
                    views.append(
                            campaign.value(),
                            new CampaignClosed(
                                    campaign,
                                    views.now(),
                                    ClosingReason.values()[random.nextInt(ClosingReason.values().length)]));
                case 3 -> views.append(earlier.value(), new ParticipationCompleted(earlier, i));
                case 4 -> views.append(earlier.value(), new ResultsShared(earlier, its, learner, Facts.SCHOOL, i));
                default -> {
                    running.put(participation, campaign);
                    views.append(
                            participation.value(),
                            new ParticipationStarted(participation, campaign, learner, 1 + random.nextInt(3)));
                }
            }
        }
    }

    private CampaignOpened opened(CampaignId campaign, Random random) {
        CampaignAmended terms = amended(campaign, random);
        return new CampaignOpened(
                campaign,
                new CampaignCode("BCDFGH23" + (2 + random.nextInt(3))),
                terms.title(),
                Facts.SCHOOL,
                terms.audience(),
                terms.target(),
                frameworks.versions().getLast().version(),
                terms.opensAt(),
                terms.closesAt(),
                null);
    }

    private CampaignAmended amended(CampaignId campaign, Random random) {
        List<TargetedCompetence> target = new ArrayList<>();
        frameworks.versions().getLast().competences().stream()
                .filter(_ -> random.nextInt(4) == 0)
                .forEach(competence -> target.add(new TargetedCompetence(
                        competence.code(),
                        random.nextBoolean()
                                ? null
                                : competence.tubes().stream().map(Tube::id).toList())));
        return new CampaignAmended(
                campaign,
                "Rentrée " + random.nextInt(100),
                random.nextBoolean() ? List.of("3e") : List.of("4e", "3e"),
                target,
                views.now(),
                views.now().plusSeconds(random.nextInt(1_000_000)));
    }

    /** Another program for a campaign: what it is and who takes part, as flat text, by one loop over the whole ledger. */
    private static Map<String, String> naive(List<Recorded> all, CampaignId campaign, long position) {
        Map<String, String> told = new TreeMap<>();
        String base = "/campaigns/" + campaign + "/";
        Set<ParticipationId> parts = new HashSet<>();
        for (Recorded recorded : all) {
            if (recorded.position() > position) {
                break;
            }
            switch (recorded.event()) {
                case CampaignOpened one
                when one.campaign().equals(campaign) -> {
                    told.put(base + "code", one.code().value());
                    told.put(base + "school", one.school().toString());
                    told.put(base + "framework", one.framework().value());
                    naiveTerms(told, base, one.title(), one.audience(), one.target(), one.opensAt(), one.closesAt());
                }
                case CampaignAmended one
                when one.campaign().equals(campaign) ->
                    naiveTerms(told, base, one.title(), one.audience(), one.target(), one.opensAt(), one.closesAt());
                case TargetFixed one when one.campaign().equals(campaign) -> told.put(base + "targetFixed", "true");
                case CampaignClosed one
                when one.campaign().equals(campaign) -> {
                    told.put(base + "closedAt", one.closedAt().toString());
                    told.put(base + "closingReason", one.reason().name().toLowerCase(Locale.ROOT));
                }
                case ParticipationStarted one
                when one.campaign().equals(campaign) -> {
                    parts.add(one.participation());
                    String part = "/participations/" + one.participation() + "/";
                    told.put(part + "campaign", campaign.toString());
                    told.put(part + "learner", one.learner().toString());
                    told.put(part + "attempt", "" + one.attempt());
                    told.put(part + "startedAt", recorded.recordedAt().toString());
                }
                case ParticipationCompleted one
                when parts.contains(one.participation()) ->
                    told.put("/participations/" + one.participation() + "/completedAtPosition", "" + one.atPosition());
                case ResultsShared one
                when parts.contains(one.participation()) -> {
                    String part = "/participations/" + one.participation() + "/";
                    told.put(part + "sharedAtPosition", "" + one.atPosition());
                    told.put(part + "sharedWith", one.school().toString());
                }
                default -> {}
            }
        }
        return told;
    }

    private static void naiveTerms(
            Map<String, String> told,
            String base,
            String title,
            List<String> audience,
            List<TargetedCompetence> target,
            Instant opensAt,
            Instant closesAt) {
        told.put(base + "title", title);
        told.put(base + "audience", String.join(" ", audience));
        told.put(base + "opensAt", opensAt.toString());
        told.put(base + "closesAt", closesAt.toString());
        told.keySet().removeIf(key -> key.startsWith(base + "target/"));
        for (TargetedCompetence one : target) {
            List<TubeId> tubes = one.tubes();
            told.put(
                    base + "target/" + one.competence().value(),
                    tubes == null ? "*" : tubes.stream().map(TubeId::value).collect(Collectors.joining(" ")));
        }
    }

    private static void flatten(String path, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties().forEach(each -> flatten(path + "/" + each.getKey(), each.getValue(), into));
        } else {
            into.put(path, node.asString());
        }
    }

    @Test
    void a_campaign_as_of_every_position_of_random_histories_equals_a_naive_fold() {
        List<CampaignId> campaigns = List.of(new CampaignId(new UUID(7, 1)), new CampaignId(new UUID(7, 2)));
        campaignsAtRandom(campaigns, new Random(SEED));
        views.catchUp(ties, 17);
        List<Recorded> all =
                RecordedEvents.all(views.codec(), null).read(views.reader().page(0, 10_000));
        for (CampaignId campaign : campaigns) {
            for (long position = 1; position <= views.reader().head(); position++) {
                Map<String, String> expected = naive(all, campaign, position);
                Map<String, String> told = new TreeMap<>();
                history.life(one(View.CAMPAIGN, campaign.value()), position)
                        .ifPresent(life -> flatten("", life.state(), told));
                assertThat(told).as("seed %d, position %d", SEED, position).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_difference_applied_to_the_first_state_gives_the_second_and_names_the_events_that_made_it() {
        RandomHistories histories = new RandomHistories(views, frameworks, SEED);
        for (int i = 0; i < 200; i++) {
            histories.somethingHappens();
        }
        Random random = new Random(SEED);
        long head = views.reader().head();
        for (int i = 0; i < 200; i++) {
            LearnerId learner = histories.learners().get(random.nextInt(6));
            long from = random.nextLong(head + 1);
            long to = from + random.nextLong(head - from + 1);
            One subject = one(View.PEOPLE, learner.value());
            Difference difference = history.difference(subject, from, to).orElseThrow();
            assertThat(applied(difference.before(), difference.operations()))
                    .as("seed %d, from %d to %d", SEED, from, to)
                    .isEqualTo(difference.after())
                    .isEqualTo(life(subject, to).state());
            assertThat(difference.operations())
                    .allSatisfy(operation ->
                            assertThat(operation.position()).isGreaterThan(from).isLessThanOrEqualTo(to));
        }
    }

    private static ObjectNode applied(ObjectNode state, List<StateDiff.Operation> operations) {
        ObjectNode result = state.deepCopy();
        for (StateDiff.Operation operation : operations) {
            int last = operation.path().lastIndexOf('/');
            ObjectNode parent = (ObjectNode) result.at(operation.path().substring(0, last));
            String name =
                    operation.path().substring(last + 1).replace("~1", "/").replace("~0", "~");
            assertThat(parent.has(name)).isEqualTo(!operation.op().equals("add"));
            if (operation.value() == null) {
                parent.remove(name);
            } else {
                parent.set(name, operation.value());
            }
        }
        return result;
    }

    /** A learner is enrolled, sits an exam, gets a certificate, which is suspended and revoked. */
    private List<Long> certification() {
        LearnerId learner = Facts.learner(1);
        CandidateId candidate = new CandidateId(new UUID(3, 1));
        var exam = StreamIds.exam(Facts.SESSION, candidate);
        List<Long> positions = new ArrayList<>();
        positions.add(views.append(
                StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, learner), Facts.enrolled(learner, "Zoé", "Martin")));
        positions.add(views.append(
                Facts.SESSION.value(),
                new CandidateEnrolled(
                        Facts.SESSION,
                        candidate,
                        learner,
                        0,
                        Personal.of(
                                learner.value(),
                                new CandidateIdentity("Zoé", "Martin", LocalDate.of(2007, 10, 5), "Brest"))),
                new CandidateEnrolled(
                        Facts.SESSION,
                        new CandidateId(new UUID(3, 2)),
                        Facts.learner(2),
                        0,
                        Personal.of(
                                Facts.learner(2).value(),
                                new CandidateIdentity("Ali", "Petit", LocalDate.of(2007, 1, 2), "Lyon")))));
        positions.add(views.append(
                exam.value(),
                new ExamStarted(
                        exam,
                        Facts.SESSION,
                        candidate,
                        learner,
                        views.now(),
                        views.now().plusSeconds(6_300),
                        0,
                        Facts.started(exam, learner).framework(),
                        Facts.started(exam, learner).rules(),
                        1,
                        List.of(),
                        List.of(),
                        1),
                Facts.scored(exam, ExamOutcome.VALIDATED, 91)));
        positions.add(views.append(
                Facts.SESSION.value(),
                new SessionPublished(Facts.SESSION, views.now(), Facts.EXAM_DAY, List.of(new PublishedExam(exam, 1)))));
        var issued = Facts.issued(1, learner, "P-7GKQMX");
        positions.add(views.append(
                StreamIds.verificationCode(new VerificationCode("P-7GKQMX")),
                new CodeReserved(new VerificationCode("P-7GKQMX"), issued.certificateId())));
        positions.add(views.append(
                issued.certificateId().value(),
                new CertificateIssued(
                        issued.certificateId(),
                        exam,
                        1,
                        learner,
                        issued.code(),
                        issued.keyMac(),
                        issued.framework(),
                        issued.maxReachableLevel(),
                        issued.examDate(),
                        issued.deliveredDate(),
                        issued.validUntil(),
                        issued.validityPolicy(),
                        issued.centre(),
                        issued.levels(),
                        issued.pix(),
                        issued.pixMax(),
                        issued.overallLevel(),
                        null,
                        issued.sealed())));
        positions.add(views.append(
                issued.certificateId().value(),
                new CertificateSuspended(issued.certificateId(), ReasonCode.JURY, LocalDate.of(2022, 5, 1))));
        positions.add(views.append(
                issued.certificateId().value(),
                new CertificateRevoked(issued.certificateId(), ReasonCode.FRAUD, LocalDate.of(2022, 5, 2))));
        views.catchUp(ties, 3);
        return positions;
    }

    @Test
    void a_certificate_is_told_from_its_exam_to_its_revocation() {
        List<Long> positions = certification();
        One certificate = one(View.CERTIFICATE, Facts.certificate(1).value());
        Life life = life(certificate, views.reader().head());
        assertThat(life.steps())
                .extracting(step -> step.event().type())
                .containsExactly(
                        "session.exam-started",
                        "session.exam-scored",
                        "verification.code-reserved",
                        "certificate.issued",
                        "certificate.suspended",
                        "certificate.revoked");
        String status = "/certificates/" + Facts.certificate(1) + "/status";
        Step suspended = life.steps().get(4);
        assertThat(suspended.changes()).anySatisfy(change -> {
            assertThat(change.pointer()).isEqualTo(status);
            assertThat(change.before()).contains("valid");
            assertThat(change.after()).contains("suspended");
        });
        assertThat(life.since()).containsEntry(status, positions.getLast());
        assertThat(life.people()).containsExactly(Facts.learner(1));
        assertThat(life.state().at(status).asString()).isEqualTo("revoked");
        assertThat(life(certificate, 0).state().isEmpty())
                .as("nothing at position 0")
                .isTrue();
        assertThat(life.toString() + life.state()).doesNotContain("Zoé").doesNotContain("Brest");
    }

    @Test
    void a_learner_is_told_whole_and_nobody_else_of_the_session() {
        certification();
        Life life =
                life(one(View.PEOPLE, Facts.learner(1).value()), views.reader().head());
        assertThat(life.state().propertyNames())
                .contains("enrolments", "sessions", "exams", "certificates", "verification");
        assertThat(life.state()
                        .get("sessions")
                        .get(Facts.SESSION.toString())
                        .get("candidates")
                        .size())
                .isEqualTo(1);
        assertThat(life.people()).containsExactly(Facts.learner(1));
        Life session =
                life(one(View.SESSION, Facts.SESSION.value()), views.reader().head());
        assertThat(session.state()
                        .get("sessions")
                        .get(Facts.SESSION.toString())
                        .get("candidates")
                        .size())
                .isEqualTo(2);
        assertThat(session.people()).containsExactlyInAnyOrder(Facts.learner(1), Facts.learner(2));
        assertThat(history.learnersOf(Facts.SESSION.value()))
                .containsExactlyInAnyOrder(Facts.learner(1), Facts.learner(2));
        assertThat(history.learnersOf(Facts.SCHOOL.value())).containsExactly(Facts.learner(1));
    }

    @Test
    void each_value_of_an_added_object_names_the_event_that_gave_it() {
        RandomHistories histories = new RandomHistories(views, frameworks, SEED);
        for (int i = 0; i < 200; i++) {
            histories.somethingHappens();
        }
        One subject = one(View.PROFILE, histories.learners().getFirst().value());
        Life life = life(subject, views.reader().head());
        Map<String, Long> told = new TreeMap<>();
        history.difference(subject, 0, views.reader().head())
                .orElseThrow()
                .operations()
                .forEach(operation -> {
                    Map<String, String> values = new TreeMap<>();
                    flatten(operation.path(), Objects.requireNonNull(operation.value()), values);
                    values.keySet().forEach(pointer -> told.put(pointer, operation.position()));
                });
        assertThat(told).as("seed %d", SEED).isEqualTo(life.since());
    }

    @Test
    void a_correction_is_seen_by_where_the_sealed_fields_stand() {
        certification();
        LearnerId learner = Facts.learner(1);
        long enrolled = views.append(
                StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, learner), corrected(learner, "Zoé", "Martine"));
        long corrected = views.append(
                StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, learner), corrected(learner, "Zoé", "Martin"));
        long account = views.append(
                learner.value(),
                new IdentityCorrected(
                        new AccountId(learner.value()),
                        Personal.of(learner.value(), new AccountIdentity("Zoé", "Martin", null, null))));
        One person = one(View.PEOPLE, learner.value());
        assertThat(history.difference(person, enrolled, corrected).orElseThrow().operations())
                .singleElement()
                .satisfies(operation -> {
                    assertThat(operation.path()).endsWith("/sealedAt");
                    assertThat(operation.position()).isEqualTo(corrected);
                    assertThat(Objects.requireNonNull(operation.value()).asLong())
                            .isEqualTo(corrected);
                });
        assertThat(life(person, account)
                        .state()
                        .at("/identity/corrected/sealedAt")
                        .asLong())
                .isEqualTo(account);
    }

    private static PupilCorrected corrected(LearnerId learner, String first, String last) {
        PupilEnrolled enrolled = Facts.enrolled(learner, first, last);
        return new PupilCorrected(
                enrolled.school(),
                enrolled.schoolYear(),
                learner,
                enrolled.division(),
                enrolled.year(),
                enrolled.sealed());
    }

    @Test
    void a_learner_is_told_what_was_asked_and_done_about_erasing_and_nothing_of_others() {
        certification();
        LearnerId learner = Facts.learner(1);
        AccountId person = new AccountId(learner.value());
        views.append(
                StreamIds.accesses(learner.value(), Facts.EXAM_DAY),
                new UnmaskingGranted(
                        learner,
                        views.now(),
                        Personal.of(
                                learner.value(), new AccessReader(new UUID(9, 9), "Contrôle annuel", Facts.EXAM_DAY))));
        views.append(
                StreamIds.erasures(person),
                new ErasureRequested(person, List.of(DataClass.IDENTITY), Basis.ORDER, new AccountId(new UUID(9, 9))),
                new PersonErased(person, List.of(DataClass.IDENTITY), List.of(), Basis.ORDER));
        views.catchUp(ties, 3);
        Life life = life(one(View.PEOPLE, learner.value()), views.reader().head());
        assertThat(life.steps())
                .extracting(step -> step.event().type())
                .contains("audit.unmasking-granted", "privacy.erasure-requested", "person.erased")
                .containsOnlyOnce("session.candidate-enrolled");
        assertThat(life(one(View.SESSION, Facts.SESSION.value()), views.reader().head())
                        .steps())
                .filteredOn(step -> step.event().type().equals("session.candidate-enrolled"))
                .hasSize(2);
    }

    @Test
    void a_class_and_a_line_tell_their_own_events_and_unknown_ones_nothing() {
        certification();
        views.append(
                StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, Facts.learner(3)),
                new PupilEnrolled(
                        Facts.SCHOOL,
                        Facts.YEAR,
                        Facts.learner(3),
                        new Division("3B"),
                        "3e",
                        Facts.enrolled(Facts.learner(3), "Lou", "Roux").sealed()));
        views.catchUp(ties, 3);
        long head = views.reader().head();
        Life division = life(new Subject.SchoolClass(Facts.SCHOOL, Facts.YEAR, Facts.CLASS_3A), head);
        assertThat(division.steps()).hasSize(1);
        assertThat(division.people()).containsExactly(Facts.learner(1));
        assertThat(history.life(new Subject.SchoolClass(Facts.SCHOOL, Facts.YEAR, new Division("9Z")), head))
                .isEmpty();

        UUID learner = Facts.learner(1).value();
        SchoolYear year = SchoolYear.of(ParisDays.of(views.now()));
        assertThat(life(new Subject.ReportLine(learner, year), head).steps())
                .extracting(step -> step.event().type())
                .doesNotContain("session.candidate-enrolled", "session.exam-answer-recorded")
                .contains("session.exam-started", "certificate.revoked");
        assertThat(history.life(new Subject.ReportLine(learner, new SchoolYear("2099-2100")), head))
                .isEmpty();
    }

    @Test
    void a_line_of_a_school_report_follows_the_certificate() {
        List<Long> positions = certification();
        Subject line = new Subject.ReportLine(Facts.learner(1).value(), SchoolYear.of(ParisDays.of(views.now())));
        assertThat(life(line, positions.get(2)).state().get("mention").asString())
                .isEqualTo("none");
        assertThat(life(line, positions.get(5)).state().get("mention").asString())
                .isEqualTo("certification-obtained");
        assertThat(life(line, positions.get(7)).state().get("mention").asString())
                .isEqualTo("none");
    }

    @Test
    void a_class_holds_who_is_enrolled_then() {
        certification();
        long before = views.reader().head();
        views.append(
                StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, Facts.learner(1)),
                new PupilMoved(Facts.SCHOOL, Facts.YEAR, Facts.learner(1), Facts.CLASS_3A, new Division("3B")));
        Subject division = new Subject.SchoolClass(Facts.SCHOOL, Facts.YEAR, Facts.CLASS_3A);
        assertThat(life(division, before).state().path("pupils").size()).isEqualTo(1);
        assertThat(life(division, before + 1).state().path("pupils").size()).isZero();
        assertThat(history.life(
                        new Subject.SchoolClass(Facts.SCHOOL, new SchoolYear("2020-2021"), Facts.CLASS_3A), before))
                .isEmpty();
    }

    @Test
    void what_is_looked_for_is_found_by_code_and_by_id() {
        certification();
        One certificate = one(View.CERTIFICATE, Facts.certificate(1).value());
        assertThat(history.byCode(new VerificationCode("P-7GKQMX"))).contains(certificate);
        assertThat(history.byCode(new VerificationCode("P-7GKQMM"))).isEmpty();
        assertThat(history.byId(Facts.certificate(1).value()))
                .containsExactly(
                        certificate, one(View.STREAM, Facts.certificate(1).value()));
        assertThat(history.byId(Facts.learner(1).value()))
                .containsExactly(one(View.PEOPLE, Facts.learner(1).value()));
        assertThat(history.byId(UUID.randomUUID())).isEmpty();
        assertThat(Subject.parse("certificate", Facts.certificate(1).toString()))
                .contains(certificate);
        assertThat(Subject.parse("division", Facts.SCHOOL + ".2021-2022.3.A"))
                .contains(new Subject.SchoolClass(Facts.SCHOOL, Facts.YEAR, new Division("3.A")));
        assertThat(Subject.parse("division", Facts.SCHOOL + ".2021-2022")).isEmpty();
        assertThat(Subject.parse("certificate", "1-2-3-4-5")).isEmpty();
        assertThat(Subject.parse("tables", Facts.certificate(1).toString())).isEmpty();
    }
}
