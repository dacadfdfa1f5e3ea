package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.vocabulary.SchoolYear;
import fr.grandlivre.rules.ShippedFiles;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** The calendar of a school year, which proposes dates and refuses none. */
public final class SchoolCalendar {
    /** The columns that are read; what follows them says where the dates come from. */
    private static final int COLUMNS = 6;

    private SchoolCalendar() {}

    /**
     * A stretch of the year.
     *
     * @param schoolYear which year
     * @param number     from 1
     * @param audience   levels of schooling
     * @param from       first day
     * @param to         last day, inclusive
     */
    public record Step(SchoolYear schoolYear, int number, List<String> audience, LocalDate from, LocalDate to) {}

    /** @return the steps of a year, in order; empty for a year without a calendar */
    public static List<Step> of(SchoolYear year) {
        return Shipped.STEPS.stream()
                .filter(step -> step.schoolYear().equals(year))
                .toList();
    }

    private static Step parse(String line) {
        String[] cells = line.split(",", COLUMNS + 1);
        return new Step(
                new SchoolYear(cells[0]),
                Integer.parseInt(cells[1]),
                Arrays.asList(cells[3].split(" ", -1)),
                LocalDate.parse(cells[4]),
                LocalDate.parse(cells[5]));
    }

    /** Reads the file once, when first asked for. */
    private static final class Shipped {
        private static final List<Step> STEPS = ShippedFiles.text("rules/campaign/college-calendar.csv")
                .lines()
                .skip(1)
                .map(SchoolCalendar::parse)
                .toList();
    }
}
