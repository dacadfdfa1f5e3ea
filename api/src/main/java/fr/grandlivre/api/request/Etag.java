package fr.grandlivre.api.request;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Strong validators of single resources (formats, versions): the same tag means the same bytes. */
public final class Etag {
    private Etag() {}

    /**
     * @param state    position of the last event that the resource shows, sequence of its stream, or hash of its content
     * @param versions whatever else its bytes depend on; letters, digits, dots and dashes when written down
     * @return for the header {@code ETag}, quotes included
     */
    public static String of(Object state, Object... versions) {
        return Arrays.stream(versions)
                .map(Object::toString)
                .collect(Collectors.joining("-", "\"" + state + (versions.length == 0 ? "" : "."), "\""));
    }
}
