package fr.grandlivre.store.log;

import fr.grandlivre.store.StoredEvent;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Type of an event as CloudEvents name it: {@code fr.grandlivre.answer.recorded.v1}.
 *
 * @param name    wire name
 * @param version from 1
 */
public record CloudEventType(String name, int version) {
    private static final String PREFIX = "fr.grandlivre.";
    private static final Pattern TEXT = Pattern.compile(Pattern.quote(PREFIX) + "(.+)\\.v([1-9][0-9]{0,3})");

    public static CloudEventType of(StoredEvent event) {
        return new CloudEventType(event.type(), event.version());
    }

    /** @throws IllegalArgumentException when it is no event of ours */
    public static CloudEventType parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a type of event: " + text);
        }
        return new CloudEventType(parts.group(1), Integer.parseInt(parts.group(2)));
    }

    @Override
    public String toString() {
        return PREFIX + name + ".v" + version;
    }
}
