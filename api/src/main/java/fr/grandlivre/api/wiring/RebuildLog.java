package fr.grandlivre.api.wiring;

import fr.grandlivre.query.replay.Rebuild;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says now and then how far a rebuild has come that keeps the application from opening. Of one thread. */
final class RebuildLog implements Consumer<Rebuild.Progress> {
    private static final Logger LOG = LoggerFactory.getLogger(RebuildLog.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private Duration told = Duration.ZERO;

    @Override
    public void accept(Rebuild.Progress progress) {
        if (progress.elapsed().minus(told).compareTo(EVERY) >= 0) {
            told = progress.elapsed();
            LOG.info(
                    "View {} is rebuilt for this release: {} %, about {} s left",
                    progress.view(), progress.percent(), progress.eta().toSeconds());
        }
    }
}
