package fr.grandlivre.api.frame;

import fr.grandlivre.rules.ParisDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Days and times as the reader writes them; templates know it as {@code @days}. Thread-safe. */
@Component("days")
public class Days {
    private static final DateTimeFormatter HOURS = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    /** @return for example «13 juillet 2023» */
    public String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale())
                .format(day);
    }

    /** @return the day and the minute in Paris, for example «16 mai 2022 à 10:42» */
    public String minute(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale())
                .format(instant.atZone(ParisDays.ZONE));
    }

    /** @return the minute in Paris, {@code 10:42} */
    public String hour(Instant instant) {
        return HOURS.format(instant.atZone(ParisDays.ZONE));
    }

    // English dates as in Europe: the day before the month.
    private static Locale locale() {
        return LocaleContextHolder.getLocale().getLanguage().equals("en") ? Locale.UK : Locale.FRANCE;
    }
}
