package fr.grandlivre.command;

import fr.grandlivre.events.framework.FrameworkEvent.Delays;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Challenge;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Sheet;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Domain;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.PixScale;
import fr.grandlivre.rules.framework.Skill;
import fr.grandlivre.rules.framework.Text;
import fr.grandlivre.rules.framework.Tube;
import fr.grandlivre.rules.framework.Tutorial;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two versions of a whole framework: 16 competences, two tubes A and B each, difficulties 1 to 5, so that every skill is
 * worth 4 pix. Challenge a of each skill is untimed, b is timed for 60 s; choice 0 is right.
 */
public final class TestFrameworks {
    private static final Text TEXT = new Text("texte", "text");
    public static final FrameworkVersion V2019 = new FrameworkVersion("2019");
    public static final FrameworkVersion V2021 = new FrameworkVersion("2021");
    public static final String HASH = "ab".repeat(32);
    public static final Frameworks BOTH = new Frameworks(
            List.of(version(V2019, LocalDate.of(2019, 9, 1), 5, 5), version(V2021, LocalDate.of(2021, 9, 1), 5, 5)));

    private TestFrameworks() {}

    public static Framework version(FrameworkVersion version, LocalDate validFrom, int maxLevel, int domains) {
        return new Framework(
                version,
                validFrom,
                new PixScale(8, 4, maxLevel, 16),
                Frameworks.shipped().earliest().pick(),
                new Delays(4, 4, 7),
                IntStream.rangeClosed(1, domains)
                        .mapToObj(TestFrameworks::domain)
                        .toList(),
                HASH);
    }

    /** @return skill of a tube of a competence: {@code skill("1.2", "A", 3)} is worth 4 pix */
    public static Skill skill(String competence, String tube, int difficulty) {
        return BOTH.of(V2021)
                .skill(Skill.id(tubeId(new CompetenceCode(competence), tube), difficulty))
                .orElseThrow();
    }

    private static TubeId tubeId(CompetenceCode competence, String tube) {
        String code = competence.value();
        return new TubeId("tube" + (char) ('a' + code.charAt(0) - '1') + (char) ('a' + code.charAt(2) - '1') + tube);
    }

    private static Domain domain(int number) {
        return new Domain(
                Integer.toString(number),
                TEXT,
                IntStream.rangeClosed(1, new int[] {3, 4, 4, 3, 2}[number - 1])
                        .mapToObj(second -> competence(number, new CompetenceCode(number + "." + second)))
                        .toList());
    }

    private static Competence competence(int domain, CompetenceCode code) {
        return new Competence(
                code,
                Integer.toString(domain),
                TEXT,
                code.value(),
                List.of(),
                Stream.of("A", "B")
                        .map(name -> tube(tubeId(code, name), code, 5))
                        .toList());
    }

    /** @return a tube of the difficulties 1 to the hardest */
    public static Tube tube(TubeId id, CompetenceCode code, int hardest) {
        return new Tube(
                id,
                code,
                TEXT,
                new Tutorial(id, code, TEXT, 3, Tutorial.Format.LESSON, List.of(Skill.id(id, 1)), TEXT),
                IntStream.rangeClosed(1, hardest)
                        .mapToObj(difficulty -> new Skill(
                                Skill.id(id, difficulty),
                                id,
                                code,
                                difficulty,
                                TEXT,
                                List.of(
                                        challenge(id, difficulty, "a", null),
                                        challenge(id, difficulty, "b", Duration.ofSeconds(60)))))
                        .toList());
    }

    private static Challenge challenge(TubeId tube, int difficulty, String letter, Duration timer) {
        return new Qcu(
                new Sheet(
                        new ChallengeId(tube.value() + difficulty + letter),
                        Skill.id(tube, difficulty),
                        TEXT,
                        null,
                        TEXT,
                        timer,
                        false,
                        null),
                List.of(new Choice(TEXT, true), new Choice(TEXT, false), new Choice(TEXT, false)));
    }
}
