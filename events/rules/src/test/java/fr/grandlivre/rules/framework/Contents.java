package fr.grandlivre.rules.framework;

import fr.grandlivre.events.framework.FrameworkEvent.Delays;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Challenge.Choice;
import fr.grandlivre.rules.framework.Challenge.Qcu;
import fr.grandlivre.rules.framework.Challenge.Sheet;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Small framework versions for tests: content with defaults, a test states only what matters. */
public final class Contents {
    public static final CompetenceCode C12 = new CompetenceCode("1.2");
    public static final FrameworkVersion V2021 = new FrameworkVersion("2021");

    public static final PickRules PICK = new PickRules(2, 2, 3, 2, 3);

    private static final Delays DELAYS = new Delays(4, 4, 7);
    private static final Text TEXT = new Text("Texte", "Text");

    private Contents() {}

    /** @return version 2021, greatest level 5, the competence 1.2 with these tubes */
    public static Framework framework(Tube... tubes) {
        return framework("2021", "2021-09-01", 5, competence(C12.value(), tubes));
    }

    public static Framework framework(String version, String validFrom, int max, Competence... competences) {
        return new Framework(
                new FrameworkVersion(version),
                LocalDate.parse(validFrom),
                new PixScale(8, 4, max, 16),
                PICK,
                DELAYS,
                List.of(new Domain("1", TEXT, List.of(competences))),
                "0".repeat(64));
    }

    public static Frameworks frameworks(Tube... tubes) {
        return new Frameworks(List.of(framework(tubes)));
    }

    public static Competence competence(String code, Tube... tubes) {
        CompetenceCode competence = new CompetenceCode(code);
        return new Competence(
                competence,
                "1",
                TEXT,
                code,
                List.of(),
                Stream.of(tubes).map(tube -> in(competence, tube)).toList());
    }

    /** @return a tube of the difficulties, two untimed challenges a skill */
    public static Tube tube(String id, int... difficulties) {
        return tube(id, null, difficulties);
    }

    /** @return a tube whose challenges all have the timer */
    public static Tube timedTube(String id, int... difficulties) {
        return tube(id, Duration.ofSeconds(90), difficulties);
    }

    /** @return a tube whose tutorial takes so many minutes */
    public static Tube tube(String id, int minutes, List<Integer> difficulties) {
        Tube tube = tube(id, difficulties.stream().mapToInt(Integer::intValue).toArray());
        Tutorial tutorial = tube.tutorial();
        return new Tube(
                tube.id(),
                tube.competence(),
                tube.title(),
                new Tutorial(
                        tube.id(),
                        tube.competence(),
                        tutorial.title(),
                        minutes,
                        tutorial.format(),
                        tutorial.skills(),
                        tutorial.body()),
                tube.skills());
    }

    public static SkillId skill(String name) {
        return new SkillId("@" + name);
    }

    private static Tube tube(String id, @Nullable Duration timer, int... difficulties) {
        TubeId tube = new TubeId(id);
        List<Skill> skills = Arrays.stream(difficulties)
                .mapToObj(difficulty -> new Skill(
                        Skill.id(tube, difficulty),
                        tube,
                        C12,
                        difficulty,
                        TEXT,
                        List.of(challenge(tube, difficulty, "a", timer), challenge(tube, difficulty, "b", timer))))
                .toList();
        Tutorial tutorial = new Tutorial(tube, C12, TEXT, 3, Tutorial.Format.LESSON, List.of(), TEXT);
        return new Tube(tube, C12, TEXT, tutorial, skills);
    }

    private static Tube in(CompetenceCode competence, Tube tube) {
        return new Tube(
                tube.id(),
                competence,
                tube.title(),
                tube.tutorial(),
                tube.skills().stream()
                        .map(skill -> new Skill(
                                skill.id(),
                                skill.tube(),
                                competence,
                                skill.difficulty(),
                                skill.title(),
                                skill.challenges()))
                        .toList());
    }

    private static Challenge challenge(TubeId tube, int difficulty, String letter, @Nullable Duration timer) {
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
