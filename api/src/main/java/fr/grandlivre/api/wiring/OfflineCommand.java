package fr.grandlivre.api.wiring;

import fr.grandlivre.api.wiring.DatabaseWiring.LedgerReady;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/**
 * Work on the ledger beside the application or without it: results on standard output, progress on standard error, exit
 * status 0 all is well, 2 something is not, 1 it could not run.
 */
abstract class OfflineCommand {
    static final int WELL = 0;
    static final int COULD_NOT_RUN = 1;
    static final int FINDINGS = 2;

    private static final long SECOND_NANOS = 1_000_000_000;

    /** @return what {@code --help} prints */
    abstract String usage();

    /** @return names of the arguments that take a value */
    abstract List<String> valued();

    /** @return names of those among them that are positions or numbers from 1 */
    abstract List<String> numbers();

    /** @return names of the arguments that take none */
    abstract List<String> plain();

    /** @return whether the database is needed for these arguments */
    boolean needsLedger(Arguments arguments) {
        return true;
    }

    /**
     * @param context the ledger; empty of beans when {@link #needsLedger} says no
     * @return exit status
     * @throws IllegalArgumentException when the arguments make no sense
     */
    abstract int work(Arguments arguments, ConfigurableApplicationContext context, Console console);

    /**
     * What was asked for.
     *
     * @param values   by name, without dashes
     * @param rest     arguments without dashes
     * @param settings of the application, {@code --name=value}
     */
    record Arguments(Map<String, String> values, List<String> rest, List<String> settings) {
        String value(String name, String otherwise) {
            return values.getOrDefault(name, otherwise);
        }

        boolean has(String name) {
            return values.containsKey(name);
        }

        /** @throws IllegalArgumentException when it is no number from 1 */
        long number(String name, long otherwise) {
            String text = values.get(name);
            if (text == null) {
                return otherwise;
            }
            if (!text.matches("[1-9]\\d{0,17}")) {
                throw new IllegalArgumentException("--" + name + " wants a number from 1");
            }
            return Long.parseLong(text);
        }
    }

    /** Where it is told. */
    static final class Console {
        private final PrintStream out;
        private final PrintStream err;
        private long shownNanos = System.nanoTime();

        Console(PrintStream out, PrintStream err) {
            this.out = out;
            this.err = err;
        }

        void say(String line) {
            out.println(line);
        }

        /**
         * One line a second.
         *
         * @param hint what else is useful to know; blank for nothing
         */
        void progress(long done, long total, Duration elapsed, String hint) {
            if (System.nanoTime() - shownNanos >= SECOND_NANOS) {
                shownNanos = System.nanoTime();
                err.printf(
                        "%d of %d, %d a second%s%n", done, total, done * 1_000 / Math.max(1, elapsed.toMillis()), hint);
            }
        }
    }

    /** @return exit status */
    final int start(PrintStream out, PrintStream err, String... typed) {
        if (Arrays.asList(typed).contains("--help")) {
            out.print(usage());
            return WELL;
        }
        try {
            Arguments arguments = parse(typed);
            numbers().forEach(name -> arguments.number(name, 1));
            SpringApplicationBuilder wiring = new SpringApplicationBuilder(
                            needsLedger(arguments) ? Wiring.class : Nothing.class)
                    .web(WebApplicationType.NONE)
                    .logStartupInfo(false);
            try (ConfigurableApplicationContext context =
                    wiring.run(arguments.settings().toArray(String[]::new))) {
                return work(arguments, context, new Console(out, err));
            }
        } catch (IllegalArgumentException misunderstood) {
            err.println(misunderstood.getMessage());
            err.print(usage());
            return COULD_NOT_RUN;
        } catch (RuntimeException failure) {
            err.println("It could not run: " + reason(failure));
            return COULD_NOT_RUN;
        }
    }

    private static String reason(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartRefused refused) {
                return refused.getMessage() + " " + refused.cure();
            }
        }
        return failure.toString();
    }

    private Arguments parse(String... typed) {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> rest = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        Iterator<String> left = Arrays.asList(typed).iterator();
        while (left.hasNext()) {
            String argument = left.next();
            String name = argument.startsWith("--") ? argument.substring(2) : "";
            if (plain().contains(name)) {
                values.put(name, "");
            } else if (valued().contains(name)) {
                values.put(name, left.hasNext() ? left.next() : "");
            } else if (argument.matches("--[a-z][\\w.-]*=.*")) {
                settings.add(argument);
            } else if (argument.startsWith("--")) {
                throw new IllegalArgumentException("unknown argument " + argument);
            } else {
                rest.add(argument);
            }
        }
        return new Arguments(values, rest, settings);
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

    /** Nothing at all. */
    static class Nothing {}
}
