package fr.grandlivre.api.wiring;

import fr.grandlivre.api.wiring.DatabaseWiring.LedgerReady;
import fr.grandlivre.store.log.Finding;
import fr.grandlivre.store.log.Fsck;
import fr.grandlivre.store.log.Reread;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code fsck}: reads the ledger again beside the application or without it, and says what is not as it was sealed.
 * Findings on standard output, progress on standard error.
 */
public final class FsckCommand {
    /** First argument that means this command. */
    public static final String NAME = "fsck";

    static final int CLEAN = 0;
    static final int COULD_NOT_RUN = 1;
    static final int FINDINGS = 2;

    private static final String USAGE = """
        Usage: fsck [--from POSITION] [--json] [--name=value …]

        Reads every event again, rebuilds leaves, tiles and root, and compares them with all tiles and checkpoints of the
        transparency log. Settings are those of the application: environment, or --spring.datasource.url=… and the like.

          --from POSITION   reads from the tile that holds this position on, for example to go on after an interruption;
                            streams are checked by a whole reading only
          --json            the report as one line of JSON

        Exit status: 0 all is as it was sealed, 2 something is not, 1 the check could not run.
        """;

    private static final long SECOND_NANOS = 1_000_000_000;

    private final long from;
    private final boolean json;
    private final String[] settings;

    private FsckCommand(long from, boolean json, List<String> settings) {
        this.from = from;
        this.json = json;
        this.settings = settings.toArray(String[]::new);
    }

    /**
     * @param arguments what follows {@link #NAME}
     * @return exit status
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        if (Arrays.asList(arguments).contains("--help")) {
            out.print(USAGE);
            return CLEAN;
        }
        try {
            return parse(arguments).check(out, err);
        } catch (IllegalArgumentException misunderstood) {
            err.println(misunderstood.getMessage());
            err.print(USAGE);
            return COULD_NOT_RUN;
        }
    }

    private static FsckCommand parse(String... arguments) {
        long from = 1;
        boolean json = false;
        List<String> settings = new ArrayList<>();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--from" -> from = position(rest.hasNext() ? rest.next() : "");
                default -> {
                    if (!argument.matches("--[a-z][\\w.-]*=.*")) {
                        throw new IllegalArgumentException("unknown argument " + argument);
                    }
                    settings.add(argument);
                }
            }
        }
        return new FsckCommand(from, json, settings);
    }

    private static long position(String text) {
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("--from wants a position from 1");
        }
        return Long.parseLong(text);
    }

    private int check(PrintStream out, PrintStream err) {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Wiring.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(settings)) {
            Progress progress = new Progress(err);
            Reread found = context.getBean(Fsck.class).run(from, progress::show);
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(found));
            } else {
                tell(found, out);
            }
            return found.clean() ? CLEAN : FINDINGS;
        } catch (RuntimeException failure) {
            err.println("The check could not run: " + reason(failure));
            return COULD_NOT_RUN;
        }
    }

    static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return refused.getMessage() + " " + refused.cure();
            }
        }
        return failure.toString();
    }

    private static void tell(Reread found, PrintStream out) {
        for (Finding finding : found.findings()) {
            out.printf("%d %s %s%n", finding.position(), finding.kind(), finding.detail());
        }
        out.printf(
                "Positions %d to %d, sealed up to %d; %d checkpoints compared; %d keys erased; root %s%n",
                found.from(), found.head(), found.to(), found.checkpointsCompared(), found.erasedKeys(), found.root());
        out.println(found.clean() ? "0 findings" : found.total() + " findings");
    }

    /** One line a second, with what it takes to go on from there. */
    private static final class Progress {
        private final PrintStream err;
        private long shownNanos = System.nanoTime();

        Progress(PrintStream err) {
            this.err = err;
        }

        void show(Fsck.Progress progress) {
            if (System.nanoTime() - shownNanos < SECOND_NANOS) {
                return;
            }
            shownNanos = System.nanoTime();
            long speed =
                    progress.done() * 1_000 / Math.max(1, progress.elapsed().toMillis());
            err.printf(
                    "%d of %d, %d a second; interrupted, go on with --from %d%n",
                    progress.done(), progress.total(), speed, progress.done() + 1);
        }
    }

    /** The database and the log's public keys, nothing that answers or writes. */
    @EnableConfigurationProperties(Settings.class)
    @ImportAutoConfiguration(DataSourceAutoConfiguration.class)
    @Import({SecretFiles.class, LogWiring.Reading.class})
    static class Wiring {
        /** Our own server: the one that the application runs at this moment, else started for the occasion. */
        @Bean(destroyMethod = "close")
        @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "embedded", matchIfMissing = true)
        JdbcConnectionDetails embeddedPostgres(Settings settings) {
            return EmbeddedPostgresServer.runningOrStarted(settings.data().resolve("pg"));
        }

        /** @throws StartRefused when there is no ledger */
        @Bean
        LedgerReady ledgerReady(DataSource dataSource) {
            LedgerDatabase.check(dataSource);
            return new LedgerReady();
        }
    }
}
