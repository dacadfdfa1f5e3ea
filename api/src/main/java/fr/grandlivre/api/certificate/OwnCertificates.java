package fr.grandlivre.api.certificate;

import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Slug;
import fr.grandlivre.api.security.PersonAccounts;
import fr.grandlivre.api.security.SignedIn;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.query.certificate.CertificateQueries;
import fr.grandlivre.query.certificate.CertificateStatement;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Certificates for those whose they are; somebody else's is as absent as one that never was. Thread-safe. */
@Component
class OwnCertificates {
    private final CertificateQueries certificates;
    private final PersonAccounts accounts;

    OwnCertificates(CertificateQueries certificates, PersonAccounts accounts) {
        this.certificates = certificates;
        this.accounts = accounts;
    }

    /** @throws ProblemException {@code not-found} when there is none of this person with the id */
    CertificateStatement certificate(UUID id, SignedIn person) {
        return certificates
                .byId(new CertificateId(id))
                .filter(found -> isHolder(found, person))
                .orElseThrow(() -> new ProblemException(Slug.NOT_FOUND));
    }

    boolean isHolder(CertificateStatement certificate, SignedIn person) {
        return accounts.isOwn(certificate.learner(), person);
    }
}
