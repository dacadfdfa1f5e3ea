package fr.grandlivre.api.wiring;

import fr.grandlivre.store.LedgerReader;
import fr.grandlivre.store.log.ExportCheck;
import fr.grandlivre.store.log.LedgerExport;
import fr.grandlivre.store.log.LedgerExport.Format;
import fr.grandlivre.store.log.LedgerExport.Manifest;
import fr.grandlivre.store.log.TransparencyLog;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code export-ledger}: writes the ledger to files beside the application or without it, or checks such files. */
public final class ExportCommand extends OfflineCommand {
    /** First argument that means this command. */
    public static final String NAME = "export-ledger";

    private static final String USAGE = """
        Usage: export-ledger [--format jsonl|cloudevents] [--from POSITION] [--to POSITION] [--name=value …] DIRECTORY
               export-ledger --check DIRECTORY
               ops/bin/export-ledger --parquet DIRECTORY

        Writes the events to DIRECTORY, one a line, with manifest.json and checkpoint.txt, the last signed checkpoint.
        Personal fields stay sealed. Settings are those of the application: environment, or --spring.datasource.url=… and
        the like.

          --format FORMAT   jsonl (all that a check needs) or cloudevents (CloudEvents 1.0)
          --from POSITION   the first position; 1 without it
          --to POSITION     the last position; the head without it
          --parquet         in the source tree: turns the JSONL that stands in DIRECTORY into one Parquet file beside it
          --check           reads the files again, without a database: lengths, digests, every hash of every event, and
                            the root under the checkpoint. Who signed it is checked by the log's key, see --help of fsck

        Exit status: 0 all is well, 2 the check found something, 1 it could not run.
        """;

    /**
     * @param arguments what follows {@link #NAME}
     * @return exit status
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return new ExportCommand().start(out, err, arguments);
    }

    @Override
    String usage() {
        return USAGE;
    }

    @Override
    List<String> valued() {
        return List.of("format", "from", "to");
    }

    @Override
    List<String> numbers() {
        return List.of("from", "to");
    }

    @Override
    List<String> plain() {
        return List.of("check");
    }

    @Override
    boolean needsLedger(Arguments arguments) {
        return !arguments.has("check");
    }

    @Override
    int work(Arguments arguments, ConfigurableApplicationContext context, Console console) {
        if (arguments.rest().size() != 1) {
            throw new IllegalArgumentException("one directory is wanted");
        }
        Path folder = Path.of(arguments.rest().getFirst());
        return arguments.has("check") ? check(folder, console) : write(arguments, folder, context, console);
    }

    private static int check(Path folder, Console console) {
        ExportCheck.Found found = ExportCheck.of(folder, List.of());
        found.findings().forEach(console::say);
        console.say("%d events; %s"
                .formatted(
                        found.count(),
                        found.rootCompared()
                                ? "the root is compared with the checkpoint"
                                : "the root cannot be computed from this part"));
        console.say(found.findings().size() + " findings");
        return found.clean() ? WELL : FINDINGS;
    }

    private static int write(
            Arguments arguments, Path folder, ConfigurableApplicationContext context, Console console) {
        LedgerReader ledger = new LedgerReader(context.getBean(DataSource.class));
        String wanted = arguments.value("format", Format.JSONL.word());
        Format format = Arrays.stream(Format.values())
                .filter(known -> known.word().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--format wants jsonl or cloudevents"));
        Settings settings = context.getBean(Settings.class);
        Manifest manifest = new LedgerExport(ledger, context.getBean(TransparencyLog.class))
                .write(
                        new LedgerExport.Wish(
                                format,
                                arguments.number("from", 1),
                                Math.min(arguments.number("to", Long.MAX_VALUE), ledger.head()),
                                "https://" + settings.host() + "/ledger"),
                        folder,
                        Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS),
                        progress -> console.progress(progress.done(), progress.total(), progress.elapsed(), ""));
        manifest.files()
                .forEach(file -> console.say(
                        "%s  %s  %d bytes".formatted(file.sha256(), folder.resolve(file.name()), file.bytes())));
        console.say("%d events".formatted(manifest.count()));
        return WELL;
    }
}
