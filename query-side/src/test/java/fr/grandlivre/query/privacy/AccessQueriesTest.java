package fr.grandlivre.query.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.Personal;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.privacy.AccessReader;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.TestViews;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessQueriesTest {
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);
    private static final LearnerId ADA = Facts.learner(1);
    private static final LearnerId BEA = Facts.learner(2);
    private static final UUID HEAD = new UUID(20, 1);

    private final AccessProjection projection = new AccessProjection();
    private TestViews views;
    private AccessQueries queries;

    @BeforeEach
    void aView() {
        views = new TestViews();
        views.create(projection);
        queries = new AccessQueries(views.jdbc());
    }

    @AfterEach
    void close() {
        views.close();
    }

    private void lookUp(LearnerId holder, String purpose) {
        views.append(
                StreamIds.accesses(holder.value(), DAY),
                new AccessRecorded(
                        List.of(holder),
                        Facts.certificate(99),
                        Surface.VERIFICATION,
                        FieldsClass.IDENTITY_AND_RESULTS,
                        Role.PUBLIC,
                        null,
                        Personal.of(holder.value(), new AccessReader(null, purpose, DAY))));
    }

    private List<Access> of(LearnerId person) {
        views.catchUp(projection, 2);
        return queries.of(List.of(person), Long.MAX_VALUE, 50);
    }

    @Test
    void a_person_reads_role_purpose_hour_and_surface() {
        views.setNow(Instant.parse("2022-05-16T08:42:17.123Z"));
        lookUp(ADA, "recruitment");
        assertThat(of(ADA)).singleElement().satisfies(access -> {
            assertThat(access.role()).isEqualTo(Role.PUBLIC);
            assertThat(access.purpose()).isEqualTo("recruitment");
            assertThat(access.hour()).isEqualTo("2022-05-16T08:00:00Z");
            assertThat(access.surface()).isEqualTo(Surface.VERIFICATION);
            assertThat(access.certificate()).isEqualTo(Facts.certificate(99));
        });
        assertThat(of(BEA)).isEmpty();
    }

    @Test
    void a_reading_of_several_persons_is_told_to_each_of_them() {
        views.append(
                StreamIds.accesses(HEAD, DAY),
                new AccessRecorded(
                        List.of(ADA, BEA),
                        null,
                        Surface.SCHOOL_REPORT,
                        FieldsClass.IDENTITY_AND_RESULTS,
                        Role.HEAD,
                        HEAD,
                        null));
        assertThat(of(ADA))
                .singleElement()
                .satisfies(access -> assertThat(access.role()).isEqualTo(Role.HEAD));
        assertThat(of(BEA)).hasSize(1);
    }

    @Test
    void answers_by_code_alone_are_told_as_a_sum() {
        views.append(
                StreamIds.accesses(ADA.value(), DAY),
                new AccessSummarised(ADA, Facts.certificate(99), Instant.parse("2022-05-16T08:00:00Z"), 12));
        assertThat(of(ADA))
                .singleElement()
                .satisfies(access -> assertThat(access.readings()).isEqualTo(12));
    }

    @Test
    void purpose_and_reader_lapse_with_their_key_and_the_reading_stays() {
        lookUp(ADA, "recruitment");
        views.erase(ADA.value());
        assertThat(of(ADA))
                .singleElement()
                .satisfies(access -> assertThat(access.purpose()).isNull());
    }

    @Test
    void pages_go_back_from_the_newest() {
        for (int i = 0; i < 5; i++) {
            lookUp(ADA, "purpose " + i);
        }
        List<Access> all = of(ADA);
        List<Access> first = queries.of(List.of(ADA), Long.MAX_VALUE, 3);
        List<Access> rest = queries.of(List.of(ADA), first.getLast().position(), 3);
        assertThat(first).isEqualTo(all.subList(0, 3));
        assertThat(rest).isEqualTo(all.subList(3, 5));
        assertThat(all.getFirst().purpose()).isEqualTo("purpose 4");
    }
}
