package fr.grandlivre.bench.school;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The logins that the demonstration prints at each start, with the passwords it drew. Immutable. */
final class Accounts {
    private static final Pattern LINE = Pattern.compile("^  [a-z]+ +([a-z0-9-]+) +([a-z0-9]{12})$", Pattern.MULTILINE);

    private final Map<String, String> passwords = new HashMap<>();

    private Accounts(String log) {
        Matcher line = LINE.matcher(log);
        while (line.find()) {
            passwords.put(line.group(1), line.group(2));
        }
    }

    static Accounts printed(Path log) throws IOException {
        return new Accounts(Files.readString(log));
    }

    String password(String login) {
        return Optional.ofNullable(passwords.get(login))
                .orElseThrow(() -> new IllegalStateException("the demonstration printed no password of " + login));
    }
}
