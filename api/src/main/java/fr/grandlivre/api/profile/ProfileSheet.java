package fr.grandlivre.api.profile;

import fr.grandlivre.api.request.Moment;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.query.profile.ProfileQueries.LevelChange;
import fr.grandlivre.query.profile.ProfileQueries.Timeline;
import fr.grandlivre.query.profile.ProfileView;
import fr.grandlivre.query.profile.ProfileView.CompetenceLevel;
import fr.grandlivre.rules.ParisDays;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A profile as its page shows it.
 *
 * @param profile the figures
 * @param blocks  one a domain, by code
 * @param step    the competence nearest to a level; absent when nothing is left to reach
 * @param walk    where the reader is in time; absent while nothing has ever happened
 */
record ProfileSheet(
        ProfileView profile,
        List<Block> blocks,
        @Nullable Row step,
        @Nullable Walk walk) {
    private static final int MAX_WIDTH = 100;

    /** A domain. */
    record Block(String code, String title, List<Row> rows) {}

    /**
     * A competence.
     *
     * @param code     1.1 to 5.2
     * @param title    in the reader's language
     * @param level    0..8
     * @param maxLevel greatest level of the version
     * @param pix      whole points
     * @param missing  points to the next level; absent at the greatest
     * @param answers  number of answers ever
     * @param width    of the bar, 0..100
     * @param gained   levels won since September, may be negative after a reset
     */
    record Row(
            String code,
            String title,
            int level,
            int maxLevel,
            int pix,
            @Nullable Integer missing,
            int answers,
            int width,
            int gained) {}

    /**
     * Where the reader is in time.
     *
     * @param first    day of the first event
     * @param today    last day that can be asked for
     * @param shown    the day shown
     * @param previous day of the event before; absent at the first
     * @param next     day of the event after; absent at the last
     */
    record Walk(
            LocalDate first,
            LocalDate today,
            LocalDate shown,
            @Nullable LocalDate previous,
            @Nullable LocalDate next) {
        static Optional<Walk> of(Timeline timeline, Moment moment, LocalDate today) {
            List<LocalDate> days =
                    timeline.events().stream().map(ParisDays::of).distinct().toList();
            if (days.isEmpty()) {
                return Optional.empty();
            }
            LocalDate shown = ParisDays.of(moment.at());
            LocalDate previous = days.reversed().stream()
                    .filter(day -> day.isBefore(shown))
                    .findFirst()
                    .orElse(null);
            LocalDate next =
                    days.stream().filter(day -> day.isAfter(shown)).findFirst().orElse(null);
            return Optional.of(new Walk(days.getFirst(), today, shown, previous, next));
        }
    }

    static ProfileSheet of(
            ProfileView profile,
            Framework framework,
            Timeline timeline,
            Moment moment,
            LocalDate today,
            Locale language) {
        Map<CompetenceCode, Integer> gained = gained(timeline, moment);
        List<Block> blocks = framework.domains().stream()
                .sorted(Comparator.comparing(domain -> domain.code()))
                .map(domain -> new Block(
                        domain.code(),
                        domain.title().in(language),
                        domain.competences().stream()
                                .sorted(Comparator.comparing(Competence::code))
                                .map(competence -> row(competence, profile, gained, language))
                                .toList()))
                .toList();
        return new ProfileSheet(
                profile,
                blocks,
                step(profile, blocks),
                Walk.of(timeline, moment, today).orElse(null));
    }

    /** @return numbers 0..8 of the scale of this profile */
    public List<Integer> scale() {
        return IntStream.rangeClosed(0, profile.maxLevel()).boxed().toList();
    }

    private static Row row(
            Competence competence, ProfileView profile, Map<CompetenceCode, Integer> gained, Locale language) {
        CompetenceLevel level = profile.of(competence.code()).orElseThrow();
        int most = profile.totalMax().value() / profile.competences().size();
        return new Row(
                competence.code().value(),
                competence.title().in(language),
                level.level().value(),
                profile.maxLevel(),
                level.pix().value(),
                level.missing(),
                level.answers(),
                MAX_WIDTH * level.pix().value() / most,
                gained.getOrDefault(competence.code(), 0));
    }

    private static @Nullable Row step(ProfileView profile, List<Block> blocks) {
        return profile.nextStep()
                .flatMap(next -> blocks.stream()
                        .flatMap(block -> block.rows().stream())
                        .filter(row -> row.code().equals(next.competence().value()))
                        .findFirst())
                .orElse(null);
    }

    private static Map<CompetenceCode, Integer> gained(Timeline timeline, Moment moment) {
        Instant september = ParisDays.startOf(september(ParisDays.of(moment.at())));
        Map<CompetenceCode, Integer> gained = new HashMap<>();
        for (LevelChange change : timeline.changes()) {
            if (change.position() <= moment.position() && !change.at().isBefore(september)) {
                gained.merge(
                        change.change().competence(),
                        change.change().to().value() - change.change().from().value(),
                        Integer::sum);
            }
        }
        return gained;
    }

    /** @return the last day before the school year of the profile */
    public LocalDate beforeSchoolYear(LocalDate shown) {
        return september(shown).minusDays(1);
    }

    private static LocalDate september(LocalDate day) {
        LocalDate thisYear = LocalDate.of(day.getYear(), Month.SEPTEMBER, 1);
        return day.isBefore(thisYear) ? thisYear.minusYears(1) : thisYear;
    }
}
