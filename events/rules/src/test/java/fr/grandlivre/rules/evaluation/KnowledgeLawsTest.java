package fr.grandlivre.rules.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.grandlivre.events.evaluation.EvaluationEvent.AnswerRecorded;
import fr.grandlivre.events.evaluation.EvaluationEvent.CompetenceReset;
import fr.grandlivre.events.evaluation.EvaluationEvent.HistoryAbsorbed;
import fr.grandlivre.events.evaluation.EvaluationEvent.ImprovementStarted;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.Outcome;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.rules.framework.Contents;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.framework.Tube;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Laws of the fold over random histories; the seed of a failure is in its message. */
class KnowledgeLawsTest {
    private static final int HISTORIES = 12_000;
    private static final int LONGEST = 40;

    /** Versions that disagree about tubes, numbers of skills and the greatest level. */
    private static final Frameworks VERSIONS = new Frameworks(List.of(
            version("2030", 2, Contents.tube("aaa", 1, 2, 3, 4, 5), Contents.tube("bbb", 1, 2, 3)),
            version(
                    "2031",
                    3,
                    Contents.tube("aaa", 1, 2, 4, 5, 6),
                    Contents.tube("bbb", 1, 2, 3, 4),
                    Contents.tube("ccc", 2, 3, 5)),
            version(
                    "2032",
                    8,
                    Contents.tube("aaa", 1, 2, 3, 4, 5, 6, 7, 8),
                    Contents.tube("ccc", 1, 2, 3, 4, 5),
                    Contents.tube("ddd", 1, 2, 3, 4, 5, 8),
                    Contents.tube("eee", 1),
                    Contents.tube("fff", 1))));

    @Test
    void every_history_agrees_with_the_naive_reading_and_keeps_the_laws() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = random(seed);
            String failure = "seed " + seed;
            NaiveReading naive = new NaiveReading();
            Knowledge knowledge = Knowledge.none(VERSIONS, Contents.C12);
            for (Explanation.Dated dated : history.events()) {
                int before = knowledge.score().level().value();
                knowledge = knowledge.after(dated.event(), dated.recordedAt());
                naive.read(dated);
                assertThat(knowledge.sum().toString()).as(failure).isEqualTo(naive.sum());
                assertThat(knowledge.score().level().value()).as(failure).isEqualTo(naive.level());
                if (!(dated.event() instanceof CompetenceReset)) {
                    assertThat(knowledge.score().level().value()).as(failure).isGreaterThanOrEqualTo(before);
                }
            }
            assertThat(knowledge).as(failure).isEqualTo(history.knowledge());
            assertExplained(history, failure);
        }
    }

    @Test
    void folding_in_two_parts_is_folding_at_once() {
        for (int seed = 0; seed < 500; seed++) {
            List<Explanation.Dated> events = random(seed).events();
            Knowledge whole = fold(Knowledge.none(VERSIONS, Contents.C12), events);
            for (int cut = 0; cut <= events.size(); cut++) {
                Knowledge first = fold(Knowledge.none(VERSIONS, Contents.C12), events.subList(0, cut));
                assertThat(fold(first, events.subList(cut, events.size())))
                        .as("seed %s, cut %s", seed, cut)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void two_accounts_joined_know_what_either_knew_and_the_past_stays() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            String failure = "seed " + seed;
            History history = random(seed, 0);
            History other = random(seed + 5_000_000L, 0);
            Knowledge mine = history.knowledge();
            Knowledge theirs = other.knowledge();
            int before = history.events().size();
            Knowledge joined = history.absorb(other).knowledge();

            Set<SkillId> all = new HashSet<>(mine.skills().keySet());
            all.addAll(theirs.skills().keySet());
            assertThat(joined.skills().keySet()).as(failure).isEqualTo(all);
            Fraction points = Fraction.ZERO;
            for (SkillId skill : all) {
                assertThat(joined.isValidated(skill))
                        .as(failure)
                        .isEqualTo(mine.isValidated(skill) || theirs.isValidated(skill));
                Knowledge whose = mine.isValidated(skill) ? mine : theirs;
                if (whose.skills().get(skill) instanceof SkillKnowledge.Validated known) {
                    points = points.plus(known.pix());
                }
            }
            assertThat(joined.sum()).as(failure).isEqualTo(points);
            assertThat(joined.score().level())
                    .as(failure)
                    .isGreaterThanOrEqualTo(mine.score().level());
            assertThat(fold(
                            Knowledge.none(VERSIONS, Contents.C12),
                            history.events().subList(0, before)))
                    .as("the past, " + failure)
                    .isEqualTo(mine);
            assertThat(joined.lastAnswerAt())
                    .as(failure)
                    .isEqualTo(Stream.concat(mine.lastAnswerAt().stream(), theirs.lastAnswerAt().stream())
                            .max(Comparator.naturalOrder()));
            assertThat(history.explanation().absorbed().stream()
                            .map(absorbed -> absorbed.there().score())
                            .toList())
                    .as(failure)
                    .isEqualTo(theirs.isStarted() ? List.of(theirs.score()) : List.of());
        }
    }

    private static void assertExplained(History history, String failure) {
        Explanation explanation = history.explanation();
        Fraction contributions = explanation.counted().stream()
                .map(Explanation.Counted::contribution)
                .reduce(Fraction.ZERO, Fraction::plus);
        contributions = explanation.absorbed().stream()
                .map(Explanation.Absorbed::contribution)
                .reduce(contributions, Fraction::plus);
        assertThat(contributions).as(failure).isEqualTo(history.knowledge().sum());
        assertThat(explanation.score())
                .as(failure)
                .isEqualTo(history.knowledge().score());
        assertThat(explanation.counted().size() + explanation.notCounted().size())
                .as(failure)
                .isEqualTo(history.knowledge().answers().size());
        Fraction running = Fraction.ZERO;
        for (Explanation.Counted counted : explanation.counted()) {
            if (explanation.absorbed().isEmpty()) {
                assertThat(counted.before()).as(failure).isEqualTo(running);
            }
            running = counted.before().plus(counted.contribution());
            assertThat(counted.after()).as(failure).isEqualTo(running);
        }
    }

    private static Knowledge fold(Knowledge from, List<Explanation.Dated> events) {
        Knowledge knowledge = from;
        for (Explanation.Dated dated : events) {
            knowledge = knowledge.after(dated.event(), dated.recordedAt());
        }
        return knowledge;
    }

    private static History random(long seed) {
        return random(seed, 2);
    }

    /** @param depth how many accounts in accounts may be absorbed */
    private static History random(long seed, int depth) {
        Random random = new Random(seed);
        History history = History.in(VERSIONS);
        int version = random.nextInt(VERSIONS.versions().size());
        int length = random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(12) == 0 && version < VERSIONS.versions().size() - 1) {
                version++;
            }
            Framework framework = VERSIONS.versions().get(version);
            history.version(framework.version().value());
            switch (random.nextInt(depth == 0 ? 19 : 20)) {
                case 0 -> history.improve();
                case 1 -> history.reset();
                case 19 -> history.absorb(random(seed * 31 + i + 1_000_000, depth - 1));
                default -> {
                    var skills =
                            framework.competence(Contents.C12).orElseThrow().skills();
                    SkillId skill = skills.get(random.nextInt(skills.size())).id();
                    Outcome outcome = random.nextBoolean() ? Outcome.OK : Outcome.values()[random.nextInt(4)];
                    history.answers(outcome, skill.value().substring(1));
                }
            }
        }
        return history;
    }

    private static Framework version(String name, int max, Tube... tubes) {
        return Contents.framework(name, name + "-09-01", max, Contents.competence("1.2", tubes));
    }

    /** The rules once more, word by word, on texts and big integers: no code in common with the fold. */
    private static final class NaiveReading {
        private final Map<String, BigInteger[]> validated = new HashMap<>();
        private final Set<String> failedInPass = new HashSet<>();
        private final Set<String> known = new HashSet<>();
        private final Set<String> failedDirectlyInPass = new HashSet<>();
        private int max = VERSIONS.earliest().maxReachableLevel();
        private int absorbedMax;

        void read(Explanation.Dated dated) {
            if (dated.event() instanceof ImprovementStarted) {
                failedInPass.clear();
                failedDirectlyInPass.clear();
            } else if (dated.event() instanceof CompetenceReset) {
                failedInPass.clear();
                failedDirectlyInPass.clear();
                validated.clear();
                known.clear();
            } else if (dated.event() instanceof HistoryAbsorbed absorbed) {
                absorb(absorbed);
            } else if (dated.event() instanceof AnswerRecorded answer) {
                answer(answer);
            }
        }

        /** Validated in either, with the survivor's points; else failed in either. */
        private void absorb(HistoryAbsorbed absorbed) {
            absorbedMax =
                    Math.max(absorbedMax, VERSIONS.of(absorbed.framework()).maxReachableLevel());
            for (var other : absorbed.validated()) {
                String[] parts = other.pix().toString().split("/");
                BigInteger[] theirs = {
                    new BigInteger(parts[0]), parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1])
                };
                validated.putIfAbsent(other.skill().value(), theirs);
                known.add(other.skill().value());
                failedInPass.remove(other.skill().value());
            }
            for (SkillId other : absorbed.invalidated()) {
                if (known.add(other.value())) {
                    failedInPass.add(other.value());
                }
            }
        }

        private void answer(AnswerRecorded answer) {
            Framework framework = VERSIONS.of(answer.framework());
            max = framework.maxReachableLevel();
            String asked = answer.skill().value();
            String stem = asked.substring(0, asked.length() - 1);
            int difficulty = Integer.parseInt(asked.substring(asked.length() - 1));
            boolean ok = answer.outcome() == Outcome.OK;
            if (validated.containsKey(asked) || (!ok && !failedDirectlyInPass.add(asked))) {
                return;
            }
            IntStream.rangeClosed(1, 8)
                    .filter(other -> ok ? other <= difficulty : other >= difficulty)
                    .mapToObj(other -> stem + other)
                    .filter(other -> framework.skill(new SkillId(other)).isPresent())
                    .filter(other ->
                            other.equals(asked) || (!validated.containsKey(other) && !failedInPass.contains(other)))
                    .toList()
                    .forEach(other -> conclude(framework, other, ok));
        }

        private void conclude(Framework framework, String skill, boolean ok) {
            known.add(skill);
            if (!ok) {
                failedInPass.add(skill);
                return;
            }
            failedInPass.remove(skill);
            char digit = skill.charAt(skill.length() - 1);
            long rivals = framework.competence(Contents.C12).orElseThrow().skills().stream()
                    .filter(other ->
                            other.id().value().charAt(other.id().value().length() - 1) == digit)
                    .count();
            validated.put(
                    skill,
                    rivals <= 2
                            ? new BigInteger[] {BigInteger.valueOf(4), BigInteger.ONE}
                            : new BigInteger[] {BigInteger.valueOf(8), BigInteger.valueOf(rivals)});
        }

        private BigInteger[] total() {
            BigInteger top = BigInteger.ZERO;
            BigInteger bottom = BigInteger.ONE;
            for (BigInteger[] value : validated.values()) {
                top = top.multiply(value[1]).add(value[0].multiply(bottom));
                bottom = bottom.multiply(value[1]);
            }
            BigInteger divisor = top.gcd(bottom);
            return new BigInteger[] {top.divide(divisor), bottom.divide(divisor)};
        }

        String sum() {
            BigInteger[] total = total();
            return total[1].equals(BigInteger.ONE) ? total[0].toString() : total[0] + "/" + total[1];
        }

        int level() {
            BigInteger[] total = total();
            return Math.min(
                    total[0].divide(total[1].multiply(BigInteger.valueOf(8))).intValue(), Math.max(max, absorbedMax));
        }
    }
}
