package fr.grandlivre.bench;

import fr.grandlivre.bench.Options.Part;
import java.nio.file.Path;

/** Measures everything once a round, so that what is compared was measured minutes apart at most. */
final class Rounds {
    private Rounds() {}

    /** @param directory for files of the run, removed by nobody */
    static void measure(Server server, Options options, Measurements measurements, Path directory) throws Exception {
        ReplayRounds replay =
                options.parts().contains(Part.REPLAY) ? new ReplayRounds(server, options, measurements) : null;
        LookupRounds lookup =
                options.parts().contains(Part.LOOKUP) ? new LookupRounds(server, options, measurements) : null;
        AppendRounds append = new AppendRounds(server, options, measurements, directory);
        try (replay;
                lookup) {
            for (int round = 1; round <= options.rounds(); round++) {
                if (options.parts().contains(Part.APPEND)) {
                    append.round(round);
                }
                if (replay != null) {
                    replay.round(round);
                }
                if (lookup != null) {
                    lookup.round(round);
                }
            }
        }
    }
}
