package fr.grandlivre.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.grandlivre.command.LedgerFixture;
import fr.grandlivre.command.privacy.AccessCommand.RecordAccess;
import fr.grandlivre.command.privacy.AccessCommand.SummariseAccesses;
import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.Personal;
import fr.grandlivre.events.privacy.AccessEvent.AccessRecorded;
import fr.grandlivre.events.privacy.AccessEvent.AccessSummarised;
import fr.grandlivre.events.privacy.AccessEvent.FieldsClass;
import fr.grandlivre.events.privacy.AccessEvent.Surface;
import fr.grandlivre.events.privacy.AccessReader;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Role;
import fr.grandlivre.events.vocabulary.StreamIds;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessJournalTest {
    private static final LearnerId ADA = LearnerId.of("018f0000-0000-4000-8000-0000000000aa");
    private static final LearnerId BEA = LearnerId.of("018f0000-0000-4000-8000-0000000000ab");
    private static final UUID HEAD = UUID.fromString("018f0000-0000-4000-8000-0000000000ac");
    private static final CertificateId CERTIFICATE = CertificateId.of("018f0000-0000-4000-8000-0000000000c1");
    private static final CertificateId OTHER = CertificateId.of("018f0000-0000-4000-8000-0000000000c2");
    private static final UUID BATCH = UUID.fromString("018f0000-0000-4000-8000-0000000000b1");
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);

    private final FixtureConfiguration<AccessJournal> journal = LedgerFixture.of(
            AccessJournal.class, AccessJournal::new, DAY.atStartOfDay().toInstant(java.time.ZoneOffset.UTC));

    private static RecordAccess reading(List<LearnerId> persons, @Nullable UUID reader) {
        return new RecordAccess(
                persons,
                null,
                Surface.SCHOOL_REPORT,
                FieldsClass.IDENTITY_AND_RESULTS,
                Role.HEAD,
                reader,
                "livret",
                DAY);
    }

    @Test
    void a_reading_of_one_person_seals_who_read_and_why_under_that_persons_key_of_the_year() {
        AccessReader reader = new AccessReader(HEAD, "livret", DAY);
        journal.givenNoPriorActivity()
                .when(reading(List.of(ADA), HEAD))
                .expectEvents(new AccessRecorded(
                        List.of(ADA),
                        null,
                        Surface.SCHOOL_REPORT,
                        FieldsClass.IDENTITY_AND_RESULTS,
                        Role.HEAD,
                        null,
                        Personal.of(ADA.value(), reader)));
        assertThat(reader.dataClass()).isEqualTo(DataClass.access(2022));
    }

    @Test
    void a_reading_of_several_persons_is_one_event_that_names_the_reader_by_pseudonym() {
        journal.givenNoPriorActivity()
                .when(reading(List.of(ADA, BEA), HEAD))
                .expectEvents(new AccessRecorded(
                        List.of(ADA, BEA),
                        null,
                        Surface.SCHOOL_REPORT,
                        FieldsClass.IDENTITY_AND_RESULTS,
                        Role.HEAD,
                        HEAD,
                        null));
    }

    @Test
    void readings_are_kept_by_day_with_the_person_concerned_or_with_whoever_reads_of_several() {
        assertThat(reading(List.of(ADA), HEAD).stream()).isEqualTo(StreamIds.accesses(ADA.value(), DAY));
        assertThat(reading(List.of(ADA, BEA), HEAD).stream()).isEqualTo(StreamIds.accesses(HEAD, DAY));
    }

    @Test
    void sums_are_one_event_a_certificate_and_hour_in_a_stream_of_their_batch_and_the_same_again_is_another_reading() {
        AccessSummarised ofAda = new AccessSummarised(ADA, CERTIFICATE, Instant.EPOCH, 2);
        AccessSummarised ofBea = new AccessSummarised(BEA, OTHER, Instant.EPOCH, 1);
        SummariseAccesses sums = new SummariseAccesses(BATCH, List.of(ofAda, ofBea));
        assertThat(sums.stream()).isEqualTo(BATCH);
        journal.given(ofAda).when(sums).expectEvents(ofAda, ofBea);
    }

    @Test
    void one_to_two_hundred_sums_of_something_are_recorded_together() {
        AccessSummarised sum = new AccessSummarised(ADA, CERTIFICATE, Instant.EPOCH, 2);
        assertThat(new SummariseAccesses(BATCH, Collections.nCopies(200, sum)).sums())
                .hasSize(200);
        AccessSummarised ofNothing = new AccessSummarised(ADA, CERTIFICATE, Instant.EPOCH, 0);
        for (List<AccessSummarised> refused :
                List.of(List.<AccessSummarised>of(), Collections.nCopies(201, sum), List.of(sum, ofNothing))) {
            assertThatThrownBy(() -> new SummariseAccesses(BATCH, refused))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_reading_names_one_to_five_hundred_persons_each_once_and_whoever_reads_of_several() {
        List<LearnerId> many = Stream.generate(() -> new LearnerId(UUID.randomUUID()))
                .limit(501)
                .toList();
        assertThat(reading(many.subList(1, 501), HEAD).persons()).hasSize(500);
        for (List<LearnerId> refused : List.of(List.<LearnerId>of(), many, List.of(ADA, ADA))) {
            assertThatThrownBy(() -> reading(refused, HEAD)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> reading(List.of(ADA, BEA), null)).isInstanceOf(IllegalArgumentException.class);
    }
}
