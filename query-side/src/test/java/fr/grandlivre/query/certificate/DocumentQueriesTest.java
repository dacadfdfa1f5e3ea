package fr.grandlivre.query.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.certificate.CertificateEvent.CertificateReinstated;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateRevoked;
import fr.grandlivre.events.certificate.CertificateEvent.CertificateSuspended;
import fr.grandlivre.events.certificate.CertificateEvent.ReasonCode;
import fr.grandlivre.events.certificate.DocumentEvent.DocumentRecorded;
import fr.grandlivre.events.certificate.DocumentEvent.Kind;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.query.Facts;
import fr.grandlivre.query.TestViews;
import fr.grandlivre.query.certificate.DocumentQueries.Purpose;
import fr.grandlivre.query.certificate.DocumentQueries.Waiting;
import fr.grandlivre.rules.certificate.StatusPlace;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DocumentQueriesTest {
    private static final LocalDate DAY = LocalDate.of(2022, 5, 16);
    private static final String DIGEST = "0a".repeat(32);
    private static final CertificateId BRIEF = Facts.certificate(99);
    private static final CertificateId FIRST = Facts.certificate(1);

    private final DocumentProjection projection = new DocumentProjection();
    private TestViews views;
    private DocumentQueries queries;

    @BeforeEach
    void twoCertificates() {
        views = new TestViews();
        views.create(projection);
        queries = new DocumentQueries(views.jdbc());
        views.append(BRIEF.value(), Facts.martinDupuis(Facts.learner(1)));
        views.append(FIRST.value(), Facts.issued(1, Facts.learner(2), "P-7GKQMX"));
        catchUp();
    }

    @AfterEach
    void close() {
        views.close();
    }

    private void catchUp() {
        views.catchUp(projection, 2);
    }

    private void recorded(CertificateId certificate) {
        views.append(StreamIds.documents(certificate), new DocumentRecorded(certificate, Kind.ATTESTATION, DIGEST, 1));
        catchUp();
    }

    @Test
    void a_file_is_known_by_its_digest() {
        assertThat(queries.madeAs(DIGEST)).isEmpty();
        recorded(FIRST);
        assertThat(queries.madeAs(DIGEST)).contains(FIRST);
        assertThat(queries.sha256(FIRST, Kind.ATTESTATION, 1)).contains(DIGEST);
        assertThat(queries.sha256(FIRST, Kind.ATTESTATION, 2)).isEmpty();
    }

    @Test
    void certificates_without_a_document_wait_oldest_first() {
        assertThat(queries.waiting(Kind.ATTESTATION, 1, -1, 10))
                .containsExactly(new Waiting(BRIEF, 0), new Waiting(FIRST, 1));
        assertThat(queries.waiting(Kind.ATTESTATION, 1, 0, 10)).containsExactly(new Waiting(FIRST, 1));
        recorded(BRIEF);
        assertThat(queries.waiting(Kind.ATTESTATION, 1, -1, 10)).containsExactly(new Waiting(FIRST, 1));
        assertThat(queries.waiting(Kind.ATTESTATION, 2, -1, 10)).hasSize(2);
    }

    @Test
    void a_suspension_sets_a_bit_and_a_reinstatement_clears_it() {
        int place = queries.place(FIRST).orElseThrow().index();
        assertThat(queries.bits(Purpose.SUSPENSION, 1).orElseThrow().isEmpty()).isTrue();
        views.append(FIRST.value(), new CertificateSuspended(FIRST, ReasonCode.ADMINISTRATIVE, DAY));
        catchUp();
        assertThat(queries.bits(Purpose.SUSPENSION, 1).orElseThrow().stream()).containsExactly(place);
        assertThat(queries.bits(Purpose.REVOCATION, 1).orElseThrow().isEmpty()).isTrue();
        views.append(FIRST.value(), new CertificateReinstated(FIRST, ReasonCode.ADMINISTRATIVE, DAY));
        catchUp();
        assertThat(queries.bits(Purpose.SUSPENSION, 1).orElseThrow().isEmpty()).isTrue();
    }

    @Test
    void a_revocation_sets_its_bit_for_ever() {
        views.append(FIRST.value(), new CertificateRevoked(FIRST, ReasonCode.FRAUD, DAY));
        catchUp();
        assertThat(queries.bits(Purpose.REVOCATION, 1).orElseThrow().stream())
                .containsExactly(queries.place(FIRST).orElseThrow().index());
    }

    @Test
    void places_differ_and_a_rebuild_gives_the_same_ones() {
        StatusPlace brief = queries.place(BRIEF).orElseThrow();
        StatusPlace first = queries.place(FIRST).orElseThrow();
        assertThat(brief).isNotEqualTo(first);
        assertThat(views.rebuild().compare(projection, _ -> {}).equal()).isTrue();
        views.rebuild().replace(projection, _ -> {});
        assertThat(queries.place(BRIEF)).contains(brief);
        assertThat(queries.place(FIRST)).contains(first);
    }

    @Test
    void there_is_a_first_list_before_there_is_a_certificate_and_no_second_one() {
        assertThat(queries.bits(Purpose.REVOCATION, 2)).isEmpty();
        try (TestViews empty = new TestViews()) {
            empty.create(projection);
            assertThat(new DocumentQueries(empty.jdbc()).bits(Purpose.REVOCATION, 1))
                    .isPresent();
        }
    }
}
