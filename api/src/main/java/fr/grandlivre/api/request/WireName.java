package fr.grandlivre.api.request;

import java.util.Locale;

/** Constants as programs and message bundles name them. */
public final class WireName {
    private WireName() {}

    /** @return for example {@code status-and-identity} */
    public static String of(Enum<?> constant) {
        return of(constant.name());
    }

    /** @param constant name of one, as a view keeps it */
    public static String of(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
