package fr.grandlivre.query.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.LedgerEvent;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.privacy.AccessReader;
import fr.grandlivre.events.privacy.ErasureEvent.Basis;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureReceipted;
import fr.grandlivre.events.privacy.ErasureEvent.ErasureRequested;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.privacy.ErasureEvent.HoldLifted;
import fr.grandlivre.events.privacy.ErasureEvent.HoldPlaced;
import fr.grandlivre.events.privacy.ErasureEvent.PersonErased;
import fr.grandlivre.events.session.CandidateIdentity;
import fr.grandlivre.events.session.IssueDescription;
import fr.grandlivre.events.session.SessionEvent.CandidateEnrolled;
import fr.grandlivre.events.session.SessionEvent.IssueReported;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CandidateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.PersonalColumns;
import fr.grandlivre.query.Projection;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.privacy.ErasedValues.FullName;
import fr.grandlivre.query.schoolreport.SchoolReportProjection;
import fr.grandlivre.query.session.SessionProjection;
import fr.grandlivre.query.verification.VerificationProjection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What an erasure leaves of a person in the views: the same, whether they were folded before it or after it. */
class ErasureViewsTest {
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);
    private static final LearnerId ADA = Facts.learner(1);
    private static final LearnerId BEA = Facts.learner(2);
    private static final AccountId PERSON = new AccountId(ADA.value());
    private static final AccountId STAFF = new AccountId(new UUID(20, 1));
    private static final ErasedValues VALUES =
            new ErasedValues(Set.of("La souris de Zoé est tombée."), Set.of(new FullName("Zoé", "Martin")));
    private static final List<DataClass> ALL =
            List.of(DataClass.IDENTITY, DataClass.CERTIFICATE, DataClass.access(2022));

    private final List<Projection> projections = List.of(
            new VerificationProjection(),
            new SessionProjection(),
            new SchoolReportProjection(),
            new AccessProjection(),
            new ErasureProjection());
    private TestViews views;
    private ResidualScan scan;

    @BeforeEach
    void views() {
        views = new TestViews();
        projections.forEach(views::create);
        scan = new ResidualScan(
                views.jdbc(),
                new TransactionTemplate(new JdbcTransactionManager(views.jdbc().getDataSource())),
                projections);
    }

    @AfterEach
    void close() {
        views.close();
    }

    private void happens(LearnerId learner, int number, String code) {
        views.append(Facts.SCHOOL.value(), Facts.school());
        views.append(StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, learner), Facts.enrolled(learner, "Zoé", "Martin"));
        CandidateId candidate = new CandidateId(new UUID(14, number));
        views.append(
                new UUID(15, number),
                new CandidateEnrolled(
                        Facts.SESSION,
                        candidate,
                        learner,
                        0,
                        Personal.of(
                                learner.value(),
                                new CandidateIdentity("Zoé", "Martin", LocalDate.of(2007, 10, 5), "Brest"))),
                issue(learner.value(), 100 + number));
        views.append(Facts.certificate(number).value(), Facts.issued(number, learner, code));
        views.append(StreamIds.accesses(learner.value(), DAY), reading(learner));
    }

    private static LedgerEvent issue(UUID key, int number) {
        return new IssueReported(
                Facts.SESSION,
                new UUID(16, number),
                null,
                "other",
                null,
                Personal.of(key, new IssueDescription("La souris de Zoé est tombée.")));
    }

    private static LedgerEvent reading(LearnerId learner) {
        return new AccessRecorded(
                List.of(learner),
                null,
                Surface.PUPIL,
                FieldsClass.RESULTS,
                Role.TEACHER,
                null,
                Personal.of(learner.value(), new AccessReader(STAFF.value(), "Conseil de classe", DAY)));
    }

    private void catchUp() {
        projections.forEach(projection -> views.catchUp(projection, 3));
    }

    private long erase(List<DataClass> classes) {
        long position = views.append(
                StreamIds.erasures(PERSON), new PersonErased(PERSON, classes, List.of(ADA.value()), Basis.ORDER));
        views.erase(ADA.value());
        return position;
    }

    @Test
    void views_folded_before_and_after_an_erasure_are_equal_and_keep_nothing_of_the_person() {
        happens(ADA, 1, "P-234567");
        happens(BEA, 2, "P-234568");
        catchUp();
        assertThat(scan.search(ADA.value(), ALL, VALUES).remains()).isPositive();

        erase(ALL);
        catchUp();

        ResidualScan.Found found = scan.search(ADA.value(), ALL, new ErasedValues(Set.of(), VALUES.names()));
        assertThat(found.remains()).isZero();
        assertThat(found.rows())
                .containsEntry("schoolreport.pupil", 1L)
                .containsEntry("verification.certificate", 1L)
                .containsEntry("session.candidate", 1L)
                .containsEntry("privacy.access", 1L);
        for (Projection projection : projections) {
            assertThat(views.rebuild().compare(projection, _ -> {}).equal())
                    .as(projection.name())
                    .isTrue();
        }
        assertThat(scan.search(BEA.value(), ALL, VALUES).remains())
                .as("somebody else's")
                .isPositive();
    }

    @Test
    void the_erasure_of_one_class_leaves_the_others() {
        happens(ADA, 1, "P-234567");
        catchUp();
        views.append(
                StreamIds.erasures(PERSON),
                new PersonErased(PERSON, List.of(DataClass.IDENTITY), List.of(), Basis.ORDER));
        catchUp();
        assertThat(views.jdbc().queryForList("SELECT last_name FROM schoolreport.pupil", String.class))
                .containsExactly((String) null);
        assertThat(views.jdbc().queryForList("SELECT last_name FROM verification.certificate", String.class))
                .containsExactly("Martin");
        // The name on the certificate is there lawfully.
        assertThat(scan.search(ADA.value(), List.of(DataClass.IDENTITY), new ErasedValues(Set.of(), VALUES.names()))
                        .remains())
                .isZero();
    }

    @Test
    void a_certificate_that_loses_its_holder_is_noticed_by_whoever_remembers_it() {
        happens(ADA, 1, "P-234567");
        long erased = erase(ALL);
        catchUp();
        assertThat(views.jdbc().queryForObject("SELECT position FROM verification.certificate", Long.class))
                .isEqualTo(erased);
    }

    @Test
    void a_value_in_a_column_that_nobody_declared_is_found() {
        views.jdbc().execute("CREATE SCHEMA planted");
        views.jdbc().execute("CREATE TABLE planted.note (learner uuid, note text)");
        views.jdbc().update("INSERT INTO planted.note VALUES (?, 'vu avec Zoé Martin')", ADA.value());
        views.jdbc().update("INSERT INTO planted.note VALUES (?, 'vu avec Zoé Martin')", BEA.value());
        views.jdbc().execute("CREATE TABLE planted.bytes (content bytea)");
        views.jdbc()
                .update(
                        "INSERT INTO planted.bytes VALUES (?)",
                        "{\"note\":\"La souris de Zoé est tombée.\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(scan.search(ADA.value(), ALL, VALUES).remains()).isEqualTo(2);
        assertThat(ResidualScan.inLines(Stream.of("Zoé s'appelle Martin", "Zoé", "Martin"), VALUES))
                .isEqualTo(1);
    }

    @Test
    void the_planner_forgets_what_it_sampled_of_the_person() {
        List.of(Map.entry(ADA, "Zwicky"), Map.entry(BEA, "Petit"), Map.entry(Facts.learner(77), "Roux"))
                .forEach(pupil -> views.append(
                        StreamIds.enrolment(Facts.SCHOOL, Facts.YEAR, pupil.getKey()),
                        Facts.enrolled(pupil.getKey(), "Zoé", pupil.getValue())));
        catchUp();
        views.jdbc().execute("ANALYZE schoolreport.pupil");
        assertThat(sampled("Zwicky")).isEqualTo(1);

        erase(ALL);
        catchUp();
        assertThat(sampled("Zwicky")).isEqualTo(1);
        assertThat(scan.search(ADA.value(), ALL, VALUES).remains()).isZero();
        assertThat(sampled("Zwicky")).isZero();
        assertThat(sampled("Roux")).isEqualTo(1);
    }

    private long sampled(String lastName) {
        return Objects.requireNonNull(views.jdbc()
                .queryForObject(
                        "SELECT count(*) FROM pg_stats WHERE tablename = 'pupil' AND schemaname = 'schoolreport' AND"
                            + " attname = 'last_name' AND strpos(concat(most_common_vals, histogram_bounds), ?) > 0",
                        Long.class,
                        lastName));
    }

    @Test
    void a_value_that_only_the_planner_still_knows_is_found() {
        views.jdbc().execute("CREATE SCHEMA planted");
        views.jdbc().execute("CREATE TABLE planted.note (note text)");
        views.jdbc().execute("INSERT INTO planted.note VALUES ('La souris de Zoé est tombée.'), ('x'), ('y')");
        views.jdbc().execute("ANALYZE planted.note");
        views.jdbc().execute("DELETE FROM planted.note WHERE length(note) > 1");
        assertThat(scan.search(ADA.value(), ALL, VALUES).remains()).isEqualTo(1);
    }

    @Test
    void requests_holds_and_erasures_are_told_as_they_stand() {
        ErasureQueries queries = new ErasureQueries(views.jdbc());
        UUID file = StreamIds.erasures(PERSON);
        views.append(file, new ErasureRequested(PERSON, ALL, Basis.PERSON_REQUEST, PERSON));
        views.append(file, new HoldPlaced(PERSON, DataClass.CERTIFICATE, HoldBasis.LITIGATION, DAY, STAFF));
        catchUp();
        assertThat(queries.requests(10))
                .singleElement()
                .satisfies(request -> assertThat(request.classes()).isEqualTo(ALL));
        assertThat(queries.holds(PERSON, DAY)).hasSize(1);
        assertThat(queries.holds(DAY.plusDays(1), 10)).isEmpty();

        views.append(file, new HoldLifted(PERSON, DataClass.CERTIFICATE));
        views.append(file, new PersonErased(PERSON, List.of(DataClass.IDENTITY), List.of(), Basis.ORDER));
        catchUp();
        assertThat(queries.holds(PERSON, DAY)).isEmpty();
        assertThat(queries.request(PERSON)).as("asks for more").isPresent();

        long erased = erase(ALL);
        catchUp();
        assertThat(queries.request(PERSON)).isEmpty();
        assertThat(queries.unfinished()).hasSize(2);
        views.append(file, new ErasureReceipted(PERSON, erased, 0, "a.b.c"));
        catchUp();
        assertThat(queries.of(PERSON).getFirst().receipt())
                .hasValueSatisfying(receipt -> assertThat(receipt.signed()).isEqualTo("a.b.c"));
        assertThat(queries.unfinished()).hasSize(1);
        assertThat(queries.after(erased)).isEmpty();
    }

    /** A view that holds people's fields and forgot to say so would keep them for ever. */
    @Test
    void every_column_named_for_what_people_are_is_declared() throws IOException {
        Pattern personal = Pattern.compile(
                "\\b(first_name|middle_name|third_name|last_name|birth_date|birth_place|ine|email|description|purpose|key_mac)"
                    + " (?:text|date)");
        for (Projection projection : projections) {
            String ddl;
            try (InputStream file = Projection.class.getResourceAsStream("/view/" + projection.name() + ".sql")) {
                ddl = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            }
            Set<String> declared = projection.personalColumns().stream()
                    .map(PersonalColumns::columns)
                    .flatMap(List::stream)
                    .collect(java.util.stream.Collectors.toSet());
            for (Matcher column = personal.matcher(ddl); column.find(); ) {
                assertThat(declared).as(projection.name()).contains(column.group(1));
            }
        }
    }
}
