package fr.grandlivre.api.frame;

import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Days and times in the reader's language, always of Paris; templates know it as {@code @dates}. Thread-safe. */
@Component("dates")
public class Dates {
    private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** @return «1er mars 2021», «1 March 2021» */
    public String day(LocalDate day) {
        return day(day, locale());
    }

    /** @return as {@link #day(LocalDate)}, for a reader who is not the one of this request */
    public static String day(LocalDate day, Locale language) {
        return written(day, FormatStyle.LONG, language);
    }

    /** @return «mardi 1er mars 2021», «Tuesday, 1 March 2021» */
    public String weekday(LocalDate day) {
        return written(day, FormatStyle.FULL, locale());
    }

    private static String written(LocalDate day, FormatStyle style, Locale language) {
        String text =
                DateTimeFormatter.ofLocalizedDate(style).withLocale(language).format(day);
        boolean first = day.getDayOfMonth() == 1 && language.getLanguage().equals(Locale.FRENCH.getLanguage());
        return first ? text.replaceFirst("\\b1 ", "1er ") : text;
    }

    /** @return the civil day of an instant, in words */
    public String day(Instant instant) {
        return day(ParisDays.of(instant));
    }

    /** @return «16 mai 2022 à 10:42», «16 May 2022, 10:42» */
    public String minute(Instant instant) {
        return day(instant) + (french() ? " à " : ", ") + hour(instant);
    }

    /** @return «10:42» */
    public String hour(Instant instant) {
        return HOURS.format(instant.atZone(ParisDays.ZONE));
    }

    /** @return the civil day of an instant as {@code 2021-03-01}, for addresses */
    public String iso(Instant instant) {
        return ParisDays.of(instant).toString();
    }

    /** @return «10:42:30» */
    public String second(Instant instant) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).format(instant.atZone(ParisDays.ZONE));
    }

    /** @return «mars 2021», «March 2021» */
    public String month(YearMonth month) {
        return DateTimeFormatter.ofPattern("MMMM yyyy", locale()).format(month);
    }

    /** @return how many midnights lie between two instants: 0 for later today, 1 for tomorrow, whatever the hour */
    public long daysUntil(Instant from, Instant to) {
        return ChronoUnit.DAYS.between(ParisDays.of(from), ParisDays.of(to));
    }

    private static boolean french() {
        return !Locale.ENGLISH
                .getLanguage()
                .equals(LocaleContextHolder.getLocale().getLanguage());
    }

    // English dates as in Europe: the day before the month.
    private static Locale locale() {
        return french() ? Locale.FRANCE : Locale.UK;
    }
}
