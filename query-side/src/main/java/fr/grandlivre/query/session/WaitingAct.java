package fr.grandlivre.query.session;

import fr.grandlivre.events.session.SessionEvent.JuryActKind;
import fr.grandlivre.events.vocabulary.AccountId;
import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.events.vocabulary.ExamId;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An act on a published result that waits for its second person.
 *
 * @param act         id of the proposal
 * @param exam        the sitting
 * @param certificate the certificate; absent unless the act concerns one
 * @param kind        what is to be done
 * @param proposer    who proposed it
 * @param expires     last day on which it can be confirmed
 */
public record WaitingAct(
        UUID act,
        ExamId exam,
        @Nullable CertificateId certificate,
        JuryActKind kind,
        AccountId proposer,
        LocalDate expires) {}
