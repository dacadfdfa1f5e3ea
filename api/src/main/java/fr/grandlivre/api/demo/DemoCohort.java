package fr.grandlivre.api.demo;

import fr.grandlivre.api.security.DemoAccount;
import fr.grandlivre.events.vocabulary.SchoolId;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pupils who go through a school together.
 *
 * @param letter  of their class, beside the level
 * @param began   year in which they were new to the collège
 * @param lessons of each year that they take, the first ones
 */
record DemoCohort(Establishment establishment, String letter, int began, int lessons, List<Member> members) {
    /** First and last school years of the past, by the calendar years in which they begin. */
    static final int FIRST_YEAR = 2019;

    static final int LAST_YEAR = 2021;

    static final List<String> LEVELS = List.of("6e", "5e", "4e", "3e");

    private static final int LAST_OF_COLLEGE = LEVELS.size() - 1;
    private static final int ALL_LESSONS = 3;

    /**
     * An establishment as the seed knows it.
     *
     * @param teacher login of who opens campaigns
     */
    record Establishment(String name, SchoolId school, UUID head, String teacher) {
        static final Establishment TILLEULS = new Establishment(
                "tilleuls",
                DemoPast.TILLEULS,
                DemoAccount.accountOf("principale-tilleuls").value(),
                "professeur-tilleuls");

        static final Establishment PORT = new Establishment(
                "port", DemoPast.PORT, DemoAccount.accountOf("principal-port").value(), "professeur-port");
    }

    /**
     * A pupil of a class.
     *
     * @param from  first day
     * @param until last day; absent for those who stay
     */
    record Member(DemoPupil pupil, LocalDate from, @Nullable LocalDate until) {
        static Member always(DemoPupil pupil) {
            return new Member(pupil, LocalDate.MIN, null);
        }

        boolean isThere(LocalDate day) {
            return !day.isBefore(from) && (until == null || !day.isAfter(until));
        }
    }

    /** @return level of schooling in the school year that begins in that year; empty before and after the collège */
    Optional<String> level(int year) {
        return year < began || year > began + LAST_OF_COLLEGE
                ? Optional.empty()
                : Optional.of(LEVELS.get(year - began));
    }

    List<DemoPupil> on(LocalDate day) {
        return members.stream()
                .filter(member -> member.isThere(day))
                .map(Member::pupil)
                .toList();
    }

    /**
     * @param classes how many more classes the Collège des Tilleuls has each year, a multiple of four
     * @return everybody who goes to one of the two establishments in these years, but for those who can sign in and theirs
     */
    static List<DemoCohort> all(int classes) {
        return Stream.concat(schools(), crowd(classes)).toList();
    }

    private static Stream<DemoCohort> schools() {
        List<DemoPupil> fourth = DemoPupils.more("4eA", 0, 31, 2008, 0.9);
        DemoPupil comesFromPort = fourth.get(29);
        DemoPupil leaves = fourth.get(30);
        List<DemoPupil> third = DemoPupils.more("3eB", 8, 31, 2007, 1.1);
        DemoPupil comes = third.getLast();
        DemoPupil left = third.get(third.size() - 2);
        return Stream.of(
                new DemoCohort(
                        Establishment.TILLEULS,
                        "A",
                        2020,
                        ALL_LESSONS,
                        always(DemoPupils.more("5eA", 8, 30, 2009, 1.0))),
                new DemoCohort(
                        Establishment.TILLEULS,
                        "A",
                        2019,
                        ALL_LESSONS,
                        members(
                                fourth,
                                new Member(comesFromPort, LocalDate.parse("2021-01-04"), null),
                                new Member(leaves, LocalDate.MIN, LocalDate.parse("2021-02-12")))),
                new DemoCohort(
                        Establishment.PORT,
                        "C",
                        2019,
                        ALL_LESSONS,
                        List.of(new Member(comesFromPort, LocalDate.MIN, LocalDate.parse("2020-12-18")))),
                new DemoCohort(
                        Establishment.PORT,
                        "B",
                        2018,
                        ALL_LESSONS,
                        members(
                                third,
                                new Member(comes, LocalDate.parse("2021-09-01"), null),
                                new Member(left, LocalDate.MIN, LocalDate.parse("2020-11-27")))),
                new DemoCohort(
                        Establishment.TILLEULS,
                        "A",
                        2017,
                        ALL_LESSONS,
                        always(DemoPupils.more("tilleuls-2021", 0, 14, 2006, 2.2))),
                new DemoCohort(
                        Establishment.TILLEULS,
                        "A",
                        2016,
                        ALL_LESSONS,
                        always(DemoPupils.more("tilleuls-2020", 0, 12, 2005, 2.6))),
                new DemoCohort(
                        Establishment.PORT,
                        "B",
                        2017,
                        ALL_LESSONS,
                        always(DemoPupils.more("port-2021", 0, 12, 2006, 2.0))));
    }

    /** Classes of 30 in all levels, and as many who left meanwhile. */
    private static Stream<DemoCohort> crowd(int classes) {
        return IntStream.rangeClosed(FIRST_YEAR - LAST_OF_COLLEGE, LAST_YEAR)
                .boxed()
                .flatMap(began -> IntStream.rangeClosed(1, classes / LEVELS.size())
                        .mapToObj(number -> String.format(Locale.ROOT, "%02d", number))
                        .map(letter -> new DemoCohort(
                                Establishment.TILLEULS,
                                letter,
                                began,
                                1,
                                always(DemoPupils.crowd(began + "-" + letter, began - 11)))));
    }

    private static List<Member> always(List<DemoPupil> pupils) {
        return pupils.stream().map(Member::always).toList();
    }

    private static List<Member> members(List<DemoPupil> pupils, Member... special) {
        return pupils.stream()
                .map(pupil -> Stream.of(special)
                        .filter(member -> member.pupil().equals(pupil))
                        .findFirst()
                        .orElseGet(() -> Member.always(pupil)))
                .toList();
    }
}
