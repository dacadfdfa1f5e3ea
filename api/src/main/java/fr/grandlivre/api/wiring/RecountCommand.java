package fr.grandlivre.api.wiring;

import fr.grandlivre.events.EventCatalog;
import fr.grandlivre.events.EventCodec;
import fr.grandlivre.query.audit.Recount;
import fr.grandlivre.query.audit.Recount.Report;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.store.LedgerReader;
import java.io.PrintStream;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** {@code recount}: computes every result again from the answers, beside the application or without it. */
public final class RecountCommand extends OfflineCommand {
    /** First argument that means this command. */
    public static final String NAME = "recount";

    private static final String USAGE = """
        Usage: recount [--to POSITION] [--rules VERSION] [--threads N] [--json] [--name=value …]

        Computes every level, exam result and certificate again from the raw answers and tells what was recorded otherwise,
        with the position of the first event that diverges. Reads only. Settings are those of the application:
        environment, or --spring.datasource.url=… and the like.

          --to POSITION     the last position that counts; the head without it
          --rules VERSION   what another version of the framework or of the rules of exams would change; as-recorded
                            without it
          --threads N       how many fold at once; the result does not depend on it
          --json            the report as one line of JSON

        Exit status: 0 nothing differs, 2 something does, 1 the recount could not run.
        """;

    /**
     * @param arguments what follows {@link #NAME}
     * @return exit status
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return new RecountCommand().start(out, err, arguments);
    }

    @Override
    String usage() {
        return USAGE;
    }

    @Override
    List<String> valued() {
        return List.of("to", "rules", "threads");
    }

    @Override
    List<String> numbers() {
        return List.of("to", "threads");
    }

    @Override
    List<String> plain() {
        return List.of("json");
    }

    @Override
    int work(Arguments arguments, ConfigurableApplicationContext context, Console console) {
        LedgerReader ledger = new LedgerReader(context.getBean(DataSource.class));
        Recount recount = new Recount(ledger, new EventCodec(EventCatalog.standard()), Frameworks.shipped());
        Recount.Rules rules = recount.rules(arguments.value("rules", "as-recorded"))
                .orElseThrow(() ->
                        new IllegalArgumentException("--rules wants one of " + String.join(", ", recount.ruleNames())));
        int threads = (int) arguments.number("threads", Runtime.getRuntime().availableProcessors());
        Report report = recount.all(
                Math.min(arguments.number("to", Long.MAX_VALUE), ledger.head()),
                rules,
                threads,
                progress -> console.progress(progress.done(), progress.total(), progress.elapsed(), ""));
        if (arguments.has("json")) {
            console.say(JsonMapper.shared().writeValueAsString(report));
        } else {
            tell(report, console);
        }
        return report.clean() ? WELL : FINDINGS;
    }

    private static void tell(Report report, Console console) {
        report.discrepancies()
                .forEach(found -> console.say("%d %s%s recorded %s, recomputed %s, because of %s"
                        .formatted(
                                found.firstDivergingPosition(),
                                found.key(),
                                found.pointer(),
                                found.recorded(),
                                found.recomputed(),
                                found.because())));
        report.alternatives()
                .forEach(other -> console.say("%s%s recorded %s, would be %s"
                        .formatted(other.key(), other.pointer(), other.recorded(), other.elsewhere())));
        console.say("Up to position %d: %d events, %d results computed again under %s; digest %s"
                .formatted(report.to(), report.events(), report.checked(), report.rules(), report.digest()));
        console.say(report.discrepancies().size() + " discrepancies");
    }
}
