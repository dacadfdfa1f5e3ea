package fr.grandlivre.api.request;

import fr.grandlivre.api.problem.Problem;
import fr.grandlivre.api.problem.ProblemException;
import fr.grandlivre.api.problem.Violation;
import fr.grandlivre.events.vocabulary.LabelText;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one request and collects what cannot be accepted, so that everything is said at once. Each method
 * returns the value, or a harmless one in its place when it notes a violation: {@link #check} before using any. For one
 * thread.
 */
public final class Fields {
    /** First birth date that is believed (domain rules, bad input). */
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 2);

    /** Longest name of a person or a place, in code points (domain rules, bad input). */
    public static final int LONGEST_NAME = 100;

    private static final int ISO_DAY_LENGTH = 10;

    private final List<Violation> violations = new ArrayList<>();

    /** @return what cannot be accepted, in the order of reading; empty when everything can */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** @throws ProblemException 422 {@code validation} when something cannot be accepted */
    public void check() {
        if (!violations.isEmpty()) {
            throw new ProblemException(Problem.invalid(violations));
        }
    }

    /** Notes a violation of the caller's own. */
    public void refuse(String pointer, String code) {
        violations.add(new Violation(pointer, code));
    }

    /**
     * @param longest most code points
     * @return the text as typed, with something in it
     */
    public String text(String pointer, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            refuse(pointer, "missing");
            return "";
        }
        if (value.codePointCount(0, value.length()) > longest) {
            refuse(pointer, "too-long");
        } else if (value.codePoints().anyMatch(Fields::isControl)) {
            refuse(pointer, "control-character");
        }
        return value;
    }

    /** @return a name as typed, without blanks around it */
    public String name(String pointer, @Nullable String value) {
        return text(pointer, value, LONGEST_NAME).strip();
    }

    /**
     * @param longest most code points
     * @return the same on one line and without characters that cannot be seen: a label that many people read
     */
    public String label(String pointer, @Nullable String value, int longest) {
        int before = violations.size();
        String text = text(pointer, value, longest);
        if (violations.size() == before && !LabelText.isVisible(text)) {
            refuse(pointer, "invisible-character");
        }
        return text;
    }

    /** @return the text as typed, which may be blank; its length is the rules' matter */
    public String answer(String pointer, @Nullable String value) {
        if (value == null) {
            refuse(pointer, "missing");
            return "";
        }
        if (value.codePoints().anyMatch(Fields::isControl)) {
            refuse(pointer, "control-character");
        }
        return value;
    }

    /** @return a civil day, {@code 2022-05-16} */
    public LocalDate day(String pointer, @Nullable String value) {
        if (value == null || value.isBlank()) {
            refuse(pointer, "missing");
            return LocalDate.EPOCH;
        }
        try {
            if (value.length() == ISO_DAY_LENGTH) {
                return LocalDate.parse(value);
            }
        } catch (DateTimeException _) {
            // Said below, as for every other text that is no day.
        }
        refuse(pointer, "date.impossible");
        return LocalDate.EPOCH;
    }

    /** @return a birth date, not before 1900-01-02 and not after {@code today} */
    public LocalDate birthDate(String pointer, @Nullable String value, LocalDate today) {
        int before = violations.size();
        LocalDate day = day(pointer, value);
        if (violations.size() == before) {
            if (day.isAfter(today)) {
                refuse(pointer, "date.future");
            } else if (day.isBefore(EARLIEST_BIRTH)) {
                refuse(pointer, "range");
            }
        }
        return day;
    }

    /** @return a whole number from {@code least} to {@code most} */
    public int number(String pointer, @Nullable Integer value, int least, int most) {
        if (value == null) {
            refuse(pointer, "missing");
            return least;
        }
        if (value < least || value > most) {
            refuse(pointer, "range");
            return least;
        }
        return value;
    }

    /** @return the same for what was typed into a form; surrounding blanks are ignored */
    public int number(String pointer, @Nullable String value, int least, int most) {
        if (value == null || value.isBlank()) {
            refuse(pointer, "missing");
            return least;
        }
        try {
            return number(pointer, Integer.valueOf(value.strip()), least, most);
        } catch (NumberFormatException _) {
            refuse(pointer, "invalid");
            return least;
        }
    }

    /** @return a whole UUID */
    public UUID uuid(String pointer, @Nullable String value) {
        UUID nobody = new UUID(0, 0);
        UUID uuid = parsed(pointer, value, UUID::fromString, nobody);
        // Java also reads shorter forms, under which one thing would have several names.
        if (value != null && !uuid.equals(nobody) && !uuid.toString().equalsIgnoreCase(value)) {
            refuse(pointer, "invalid");
        }
        return uuid;
    }

    /**
     * @param parse   throws {@link IllegalArgumentException} for what it does not read
     * @param instead returned when there is nothing to read
     */
    public <T> T parsed(String pointer, @Nullable String value, Function<String, T> parse, T instead) {
        if (value == null || value.isBlank()) {
            refuse(pointer, "missing");
            return instead;
        }
        try {
            return parse.apply(value);
        } catch (IllegalArgumentException _) {
            refuse(pointer, "invalid");
            return instead;
        }
    }

    private static boolean isControl(int character) {
        return character < ' ' && character != '\t' && character != '\n' && character != '\r'
                || character == '\u007F'
                || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
