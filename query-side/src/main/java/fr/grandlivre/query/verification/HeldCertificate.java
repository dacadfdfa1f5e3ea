package fr.grandlivre.query.verification;

import fr.grandlivre.events.certificate.CertificateEvent.Visibility;
import fr.grandlivre.events.vocabulary.CertificateId;

/**
 * A certificate as its holder, or the jury, sees it in a list.
 *
 * @param certificate  its id
 * @param verification what its code answers
 * @param visibility   what its code reveals
 */
public record HeldCertificate(CertificateId certificate, Verification verification, Visibility visibility) {}
