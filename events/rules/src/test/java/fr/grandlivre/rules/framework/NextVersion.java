package fr.grandlivre.rules.framework;

import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.TubeId;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A third version that exists in tests only: the shipped content, and in two tubes of competence 1.2 a skill of difficulty
 * 6, so that its greatest level is 6.
 */
public final class NextVersion {
    public static final FrameworkVersion NAME = new FrameworkVersion("2031");
    public static final LocalDate VALID_FROM = LocalDate.of(2031, 9, 1);
    public static final int GREATEST_LEVEL = 6;

    private static final int GROWN_TUBES = 2;
    private static final Framework LAST = Frameworks.shipped().versions().getLast();

    private NextVersion() {}

    /** @return the shipped versions and this one */
    public static Frameworks afterTheShippedOnes() {
        return new Frameworks(Stream.concat(Frameworks.shipped().versions().stream(), Stream.of(framework()))
                .toList());
    }

    /** @return ids of the tubes of competence 1.2, those that grew first */
    public static List<TubeId> tubes() {
        return LAST.competence(Contents.C12).orElseThrow().tubes().stream()
                .map(Tube::id)
                .toList();
    }

    private static Framework framework() {
        return new Framework(
                NAME,
                VALID_FROM,
                new PixScale(
                        LAST.scale().pixPerLevel(),
                        LAST.scale().maxPixPerSkill(),
                        GREATEST_LEVEL,
                        LAST.scale().competences()),
                LAST.pick(),
                LAST.delays(),
                LAST.domains().stream()
                        .map(domain -> new Domain(
                                domain.code(),
                                domain.title(),
                                domain.competences().stream()
                                        .map(competence ->
                                                competence.code().equals(Contents.C12) ? grown(competence) : competence)
                                        .toList()))
                        .toList(),
                "6".repeat(64));
    }

    private static Competence grown(Competence competence) {
        List<Tube> tubes = competence.tubes();
        return new Competence(
                competence.code(),
                competence.domain(),
                competence.title(),
                competence.crcn(),
                competence.digComp(),
                IntStream.range(0, tubes.size())
                        .mapToObj(index ->
                                index < GROWN_TUBES ? grown(tubes.get(index), competence.code()) : tubes.get(index))
                        .toList());
    }

    private static Tube grown(Tube tube, CompetenceCode competence) {
        Skill hardest =
                Contents.tube(tube.id().value(), GREATEST_LEVEL).skills().getFirst();
        return new Tube(
                tube.id(),
                competence,
                tube.title(),
                tube.tutorial(),
                Stream.concat(tube.skills().stream(), Stream.of(hardest)).toList());
    }
}
