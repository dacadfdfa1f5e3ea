package fr.grandlivre.events.vocabulary;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.LocalDate;
import java.time.Month;
import java.util.regex.Pattern;

/**
 * A school year, 1 September to 31 August.
 *
 * @param value two consecutive years, {@code 2021-2022}
 */
public record SchoolYear(@JsonValue String value) implements Comparable<SchoolYear> {
    private static final Pattern SHAPE = Pattern.compile("[0-9]{4}-[0-9]{4}");

    /** @throws IllegalArgumentException when the text is not two consecutive years */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SchoolYear {
        if (!SHAPE.matcher(value).matches()
                || Integer.parseInt(value.substring(0, 4)) + 1 != Integer.parseInt(value.substring(5))) {
            throw new IllegalArgumentException("not a school year");
        }
    }

    /** @return the school year that contains the day */
    public static SchoolYear of(LocalDate day) {
        int first = day.getMonth().compareTo(Month.SEPTEMBER) >= 0 ? day.getYear() : day.getYear() - 1;
        return new SchoolYear("%04d-%04d".formatted(first, first + 1));
    }

    /** @return 1 September */
    public LocalDate firstDay() {
        return LocalDate.of(Integer.parseInt(value.substring(0, 4)), Month.SEPTEMBER, 1);
    }

    /** @return 31 August, inclusive */
    public LocalDate lastDay() {
        return firstDay().plusYears(1).minusDays(1);
    }

    /** @return whether the day lies in this year, both ends included */
    public boolean contains(LocalDate day) {
        return !day.isBefore(firstDay()) && !day.isAfter(lastDay());
    }

    @Override
    public int compareTo(SchoolYear other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
