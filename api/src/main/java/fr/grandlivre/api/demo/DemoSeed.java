package fr.grandlivre.api.demo;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/** The one seed from which ids and chances of the demonstration follow. */
final class DemoSeed {
    /** A digit of it changed is another demonstration. */
    static final long SEED = 20_220_516;

    private DemoSeed() {}

    /** @return the same id for the same name, always */
    static UUID id(String name) {
        return UUID.nameUUIDFromBytes(("demo/" + SEED + "/" + name).getBytes(StandardCharsets.UTF_8));
    }

    /** @return the same chances for the same name, whatever happened before */
    static SplittableRandom chance(String name) {
        return new SplittableRandom(id(name).getMostSignificantBits());
    }
}
