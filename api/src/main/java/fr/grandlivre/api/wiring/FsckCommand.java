package fr.grandlivre.api.wiring;

import fr.grandlivre.store.log.Finding;
import fr.grandlivre.store.log.Fsck;
import fr.grandlivre.store.log.Reread;
import java.io.PrintStream;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** {@code fsck}: reads the ledger again beside the application or without it, and says what is not as it was sealed. */
public final class FsckCommand extends OfflineCommand {
    /** First argument that means this command. */
    public static final String NAME = "fsck";

    private static final String USAGE = """
        Usage: fsck [--from POSITION] [--json] [--name=value …]

        Reads every event again, rebuilds leaves, tiles and root, and compares them with all tiles and checkpoints of the
        transparency log. Settings are those of the application: environment, or --spring.datasource.url=… and the like.

          --from POSITION   reads from the tile that holds this position on, for example to go on after an interruption;
                            streams are checked by a whole reading only
          --json            the report as one line of JSON

        Exit status: 0 all is as it was sealed, 2 something is not, 1 the check could not run.
        """;

    /**
     * @param arguments what follows {@link #NAME}
     * @return exit status
     */
    public static int run(PrintStream out, PrintStream err, String... arguments) {
        return new FsckCommand().start(out, err, arguments);
    }

    @Override
    String usage() {
        return USAGE;
    }

    @Override
    List<String> valued() {
        return List.of("from");
    }

    @Override
    List<String> numbers() {
        return valued();
    }

    @Override
    List<String> plain() {
        return List.of("json");
    }

    @Override
    int work(Arguments arguments, ConfigurableApplicationContext context, Console console) {
        Reread found = context.getBean(Fsck.class)
                .run(
                        arguments.number("from", 1),
                        progress -> console.progress(
                                progress.done(),
                                progress.total(),
                                progress.elapsed(),
                                progress.done() == progress.total()
                                        ? ""
                                        : "; interrupted, go on with --from " + (progress.done() + 1)));
        if (arguments.has("json")) {
            console.say(JsonMapper.shared().writeValueAsString(found));
        } else {
            tell(found, console);
        }
        return found.clean() ? WELL : FINDINGS;
    }

    private static void tell(Reread found, Console console) {
        for (Finding finding : found.findings()) {
            console.say("%d %s %s".formatted(finding.position(), finding.kind(), finding.detail()));
        }
        console.say("Positions %d to %d, sealed up to %d; %d checkpoints compared; %d keys erased; root %s"
                .formatted(
                        found.from(),
                        found.head(),
                        found.to(),
                        found.checkpointsCompared(),
                        found.erasedKeys(),
                        found.root()));
        console.say(found.clean() ? "0 findings" : found.total() + " findings");
    }
}
