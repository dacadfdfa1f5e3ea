package fr.grandlivre.api.certificate;

import fr.grandlivre.events.vocabulary.CertificateId;
import fr.grandlivre.query.certificate.DocumentQueries.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Makes the attestations of certificates that have none, one at a time in a thread that steps back before all others: those
 * that somebody waits for first, then the oldest. What is to be done stands in the view of documents, so a stop loses
 * nothing and an attestation that could not be made is tried again. Thread-safe.
 */
@Component
class WhenCertificateIssuedThenMakeAttestation implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(WhenCertificateIssuedThenMakeAttestation.class);

    /** How long after its issue a certificate may wait for the first look. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** What failed, or could not be printed, is looked at again so often. */
    private static final Duration BEGIN_ANEW_EVERY = Duration.ofMinutes(10);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    /** A school that asks for all its classes at once; what is dropped beyond is made later all the same. */
    private static final int MOST_WAITED_FOR = 2_000;

    private final Attestations attestations;
    private final DocumentSettings settings;
    private final SequencedSet<CertificateId> waitedFor = new LinkedHashSet<>();
    private @Nullable CertificateId making;
    private @Nullable Thread worker;
    private long seen = -1;
    private long begunNanos = System.nanoTime();

    WhenCertificateIssuedThenMakeAttestation(Attestations attestations, DocumentSettings settings) {
        this.attestations = attestations;
        this.settings = settings;
    }

    /** Somebody waits for these: they come before the others. */
    synchronized void hurry(Collection<CertificateId> certificates) {
        certificates.stream()
                .limit(Math.max(0, MOST_WAITED_FOR - waitedFor.size()))
                .forEach(waitedFor::add);
        notifyAll();
    }

    /** @return whether one of them is still to be made because somebody waits for it */
    synchronized boolean isWaitedFor(Collection<CertificateId> certificates) {
        return certificates.stream().anyMatch(one -> waitedFor.contains(one) || one.equals(making));
    }

    /** After everything else, and after the past of a demonstration: nothing comes between its events. */
    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        Thread thread = Thread.ofPlatform()
                .name("attestations")
                .daemon(true)
                .priority(Thread.MIN_PRIORITY)
                .unstarted(this::work);
        worker = thread;
        thread.start();
    }

    private void work() {
        try {
            while (true) {
                make(next());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(CertificateId certificate) throws InterruptedException {
        try {
            attestations.make(certificate);
        } catch (RuntimeException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.warn("The attestation of certificate {} could not be made", certificate, failure);
        }
    }

    private synchronized CertificateId next() throws InterruptedException {
        while (true) {
            making = null;
            if (!waitedFor.isEmpty()) {
                making = waitedFor.removeFirst();
                return making;
            }
            Optional<CertificateId> oldest = settings.inBackground() ? oldest() : Optional.empty();
            if (oldest.isPresent()) {
                return oldest.get();
            }
            wait(LOOK_EVERY.toMillis());
        }
    }

    private Optional<CertificateId> oldest() {
        if (System.nanoTime() - begunNanos > BEGIN_ANEW_EVERY.toNanos()) {
            begunNanos = System.nanoTime();
            seen = -1;
        }
        try {
            List<Waiting> waiting = attestations.waiting(seen, 1);
            waiting.forEach(one -> seen = one.ordinal());
            return waiting.stream().findFirst().map(Waiting::certificate);
        } catch (RuntimeException unavailable) {
            LOG.warn("Certificates without an attestation could not be read: {}", unavailable.getClass());
            return Optional.empty();
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        Thread thread;
        synchronized (this) {
            thread = worker;
            worker = null;
        }
        if (thread != null) {
            thread.interrupt();
            thread.join(STOP_WITHIN);
        }
    }
}
