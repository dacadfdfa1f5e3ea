package fr.grandlivre.api.verification;

import fr.grandlivre.query.verification.RememberedCertificates;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps what this node remembers of certificates as fresh as the view. */
@Component
class RememberedRefresh {
    private static final Logger LOG = LoggerFactory.getLogger(RememberedRefresh.class);

    private final RememberedCertificates remembered;
    private final ReentrantLock refreshing = new ReentrantLock();

    RememberedRefresh(RememberedCertificates remembered) {
        this.remembered = remembered;
    }

    // At a rate and not with a delay: tasks with a delay share one thread, and while another of them took long, nothing
    // remembered would be believed.
    @Scheduled(fixedRateString = "PT0.1S")
    void refresh() {
        if (!refreshing.tryLock()) {
            return;
        }
        try {
            remembered.refresh();
        } catch (DataAccessException away) {
            // Nothing remembered is believed until the view answers again.
            LOG.debug("the view of certificates does not answer", away);
        } finally {
            refreshing.unlock();
        }
    }
}
