package fr.grandlivre.query.audit;

import fr.grandlivre.events.vocabulary.Division;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.SchoolYear;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What an auditor follows through time. Its text is the end of an address: {@code view} and {@code id}. */
public sealed interface Subject {
    /** @return first part of its address, one of {@link View#word()} */
    View view();

    /** @return second part of its address; {@link #parse} reads it again */
    String id();

    /** Kinds of subjects. */
    enum View {
        /** Levels of a learner. */
        PROFILE,
        /** Everything that concerns a learner. */
        PEOPLE,
        CERTIFICATE,
        SESSION,
        CAMPAIGN,
        /** Pupils of a class in a school year: {@code school.year.division}. */
        DIVISION,
        /** Line of a learner's school report in a school year: {@code learner.year}. */
        MENTION,
        /** One stream of events, whatever it is about. */
        STREAM;

        /** @return name in addresses */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @return the kind of that name; empty when there is none */
        public static Optional<View> of(String word) {
            return Arrays.stream(values())
                    .filter(view -> view.word().equals(word))
                    .findFirst();
        }
    }

    /** A subject that one id names. */
    record One(View view, UUID uuid) implements Subject {
        @Override
        public String id() {
            return uuid.toString();
        }
    }

    /** A class. */
    record SchoolClass(SchoolId school, SchoolYear year, Division division) implements Subject {
        @Override
        public View view() {
            return View.DIVISION;
        }

        @Override
        public String id() {
            return school + "." + year + "." + division;
        }
    }

    /** A line of a school report. */
    record ReportLine(UUID learner, SchoolYear year) implements Subject {
        @Override
        public View view() {
            return View.MENTION;
        }

        @Override
        public String id() {
            return learner + "." + year;
        }
    }

    /** @return the subject; empty when the text names none */
    static Optional<Subject> parse(String view, String id) {
        try {
            return View.of(view).map(kind -> parse(kind, id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Subject parse(View view, String id) {
        String[] parts = id.split("\\.", 3);
        return switch (view) {
            case PROFILE, PEOPLE, CERTIFICATE, SESSION, CAMPAIGN, STREAM -> new One(view, uuid(id));
            case DIVISION ->
                new SchoolClass(
                        new SchoolId(uuid(parts[0])), new SchoolYear(part(parts, 1)), new Division(part(parts, 2)));
            case MENTION -> new ReportLine(uuid(parts[0]), new SchoolYear(part(parts, 1)));
        };
    }

    private static UUID uuid(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equals(text)) {
            throw new IllegalArgumentException("not in the form that we write");
        }
        return uuid;
    }

    private static String part(String[] parts, int index) {
        if (parts.length <= index) {
            throw new IllegalArgumentException("a part is missing");
        }
        return parts[index];
    }
}
