package fr.grandlivre.api.wiring;

import fr.grandlivre.api.wiring.DatabaseWiring.LedgerReady;
import fr.grandlivre.query.audit.Rereadings;
import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.LedgerTail;
import fr.grandlivre.store.log.Fsck;
import fr.grandlivre.store.log.LastCheckpoint;
import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.LogDamagedException;
import fr.grandlivre.store.log.SealedCheckpoint;
import fr.grandlivre.store.log.Sealer;
import fr.grandlivre.store.log.TransparencyLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** The transparency log: who seals, who reads it, who checks it. */
@Configuration(proxyBeanMethods = false)
class LogWiring {
    /** The sealer signs with the system's clock; only facts of the domain carry the domain's. */
    private static final Clock SYSTEM = Clock.systemUTC();

    @Bean
    Rereadings rereadings(JdbcTemplate jdbc, LedgerReady checkedFirst) {
        Rereadings results = new Rereadings(jdbc);
        results.create();
        return results;
    }

    /** @throws StartRefused when the ledger is behind its last checkpoint: truncated, or restored without procedure */
    @Bean(destroyMethod = "close")
    Sealer sealer(
            JdbcConnectionDetails login,
            LedgerReader reader,
            LedgerTail tail,
            TransparencyLog log,
            CheckpointSigner signer,
            LastCheckpoint kept,
            MeterRegistry meters) {
        refuseBehind(reader.head(), Math.max(signed(log), kept.size(log).orElse(0)), kept);
        return new Sealer(
                LedgerWiring.unpooled(login, "grand-livre-sealer"), reader, tail, log, signer, kept, SYSTEM, meters);
    }

    @Bean
    LedgerExport ledgerExport(LedgerReader reader, TransparencyLog log) {
        return new LedgerExport(reader, log);
    }

    private static long signed(TransparencyLog log) {
        try {
            return log.latest()
                    .map(SealedCheckpoint::checkpoint)
                    .map(last -> last.size())
                    .orElse(0L);
        } catch (LogDamagedException _) {
            // The sealer says so, and the ledger can still be read.
            return 0;
        }
    }

    static void refuseBehind(long head, long signed, LastCheckpoint kept) {
        if (head < signed) {
            throw new StartRefused(
                    "The ledger ends at position " + head + ", before its last signed checkpoint at " + signed + ".",
                    "Restore a later state of the ledger. A ledger that begins anew begins without " + kept + ".");
        }
    }

    /** Down while nothing is sealed any more; the ledger itself still works. */
    @Bean
    HealthIndicator sealerHealth(Sealer sealer) {
        return () -> sealer.refusal()
                .map(why -> Health.down().withDetail("refusal", why))
                .orElseGet(Health::up)
                .withDetail("size", sealer.size())
                .withDetail("lagSeconds", sealer.lag().toSeconds())
                .build();
    }

    /** What reads the log needs no more than this; the offline check imports it alone. */
    @Configuration(proxyBeanMethods = false)
    static class Reading {
        @Bean
        LedgerKeys ledgerKeys(SecretFiles secrets, Environment environment) {
            return LedgerKeys.open(secrets, environment.matchesProfiles("demo"));
        }

        /** @throws StartRefused when the log would have no name of its own, which cannot be changed later */
        @Bean
        CheckpointSigner checkpointSigner(LedgerKeys keys, Settings settings, Environment environment) {
            if (settings.publicUrl() == null && !environment.matchesProfiles("demo")) {
                throw new StartRefused(
                        "The public address is not set, and the transparency log is named after it.",
                        "Set grandlivre.public-url to the https address of this service.");
            }
            return new CheckpointSigner(keys.log(), settings.logOrigin());
        }

        @Bean
        TransparencyLog transparencyLog(
                DataSource dataSource, LedgerReady checkedFirst, LedgerKeys keys, CheckpointSigner signer) {
            return new TransparencyLog(dataSource, signer.known(keys.retired(LedgerKeys.Entry.LOG)));
        }

        @Bean
        LastCheckpoint lastCheckpoint(Settings settings) {
            return new LastCheckpoint(settings.data().resolve("last-checkpoint"));
        }

        @Bean
        Fsck fsck(DataSource dataSource, TransparencyLog log, LastCheckpoint kept) {
            return new Fsck(dataSource, log, kept);
        }
    }
}
