package fr.grandlivre.rules.framework;

import fr.grandlivre.events.framework.FrameworkEvent.Counts;
import fr.grandlivre.events.framework.FrameworkEvent.Delays;
import fr.grandlivre.events.vocabulary.ChallengeId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.Fraction;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.SkillId;
import fr.grandlivre.events.vocabulary.TubeId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** One immutable version of the reference framework: content, constants and formulas. Thread-safe. */
public final class Framework {
    private final FrameworkVersion version;
    private final LocalDate validFrom;
    private final PixScale scale;
    private final PickRules pick;
    private final Delays delays;
    private final List<Domain> domains;
    private final String contentSha256;
    private final SequencedMap<CompetenceCode, Competence> competences = new LinkedHashMap<>();
    private final SequencedMap<TubeId, Tube> tubes = new LinkedHashMap<>();
    private final SequencedMap<SkillId, Skill> skills = new LinkedHashMap<>();
    private final SequencedMap<ChallengeId, Challenge> challenges = new LinkedHashMap<>();
    private final Map<SkillId, Fraction> pixValues = new HashMap<>();

    /**
     * @param version       name
     * @param validFrom     first day in force
     * @param scale         constants of the formulas
     * @param pick          constants of the adaptive pick
     * @param delays        waiting times, whole days
     * @param domains       by code, with everything in them
     * @param contentSha256 64 hexadecimal digits
     * @throws IllegalArgumentException when a competence, tube, skill or challenge stands twice
     */
    public Framework(
            FrameworkVersion version,
            LocalDate validFrom,
            PixScale scale,
            PickRules pick,
            Delays delays,
            List<Domain> domains,
            String contentSha256) {
        this.version = version;
        this.validFrom = validFrom;
        this.scale = scale;
        this.pick = pick;
        this.delays = delays;
        this.domains = List.copyOf(domains);
        this.contentSha256 = contentSha256;
        domains.forEach(domain -> domain.competences().forEach(this::index));
    }

    public FrameworkVersion version() {
        return version;
    }

    /** @return first day (Europe/Paris) on which it is in force */
    public LocalDate validFrom() {
        return validFrom;
    }

    /** @return the constants and formulas of points and levels */
    public PixScale scale() {
        return scale;
    }

    /** @return the constants of the adaptive pick */
    public PickRules pick() {
        return pick;
    }

    /** @return greatest level, 1..8 */
    public int maxReachableLevel() {
        return scale.maxReachableLevel();
    }

    /** @return waiting times in whole days, as the publication records them */
    public Delays delays() {
        return delays;
    }

    /** @return time from the last answer to an improvement, in days of exactly 24 hours */
    public Duration improveDelay() {
        return Duration.ofDays(delays.improveDays());
    }

    /** @return time from the last sharing to another attempt at a campaign, in days of exactly 24 hours */
    public Duration retryCampaignDelay() {
        return Duration.ofDays(delays.retryCampaignDays());
    }

    /** @return time from the last answer to a reset, in days of exactly 24 hours */
    public Duration resetDelay() {
        return Duration.ofDays(delays.resetDays());
    }

    /** @return SHA-256 of the canonical JSON of the whole content, 64 hexadecimal digits */
    public String contentSha256() {
        return contentSha256;
    }

    /** @return what the version holds, as the publication records it */
    public Counts counts() {
        return new Counts(
                domains.size(),
                competences.size(),
                tubes.size(),
                skills.size(),
                challenges.size(),
                tubes.size() /* each tube has one tutorial */);
    }

    /** @return in the order this version shows them */
    public List<Domain> domains() {
        return domains;
    }

    /** @return in the order this version shows them */
    public Collection<Competence> competences() {
        return competences.sequencedValues();
    }

    public Optional<Competence> competence(CompetenceCode code) {
        return Optional.ofNullable(competences.get(code));
    }

    public Optional<Tube> tube(TubeId id) {
        return Optional.ofNullable(tubes.get(id));
    }

    public Optional<Skill> skill(SkillId id) {
        return Optional.ofNullable(skills.get(id));
    }

    public Optional<Challenge> challenge(ChallengeId id) {
        return Optional.ofNullable(challenges.get(id));
    }

    public Optional<Tutorial> tutorial(TubeId id) {
        return tube(id).map(Tube::tutorial);
    }

    /** @return all tutorials, one a tube */
    public List<Tutorial> tutorials() {
        return tubes.values().stream().map(Tube::tutorial).toList();
    }

    /** @return all challenges */
    public Collection<Challenge> challenges() {
        return challenges.sequencedValues();
    }

    /**
     * @return exact points of the skill in this version
     * @throws IllegalArgumentException when the version does not hold the skill
     */
    public Fraction pixValue(SkillId skill) {
        Fraction value = pixValues.get(skill);
        if (value == null) {
            throw new IllegalArgumentException("framework " + version + " does not hold the skill " + skill);
        }
        return value;
    }

    @Override
    public String toString() {
        return "Framework " + version;
    }

    private void index(Competence competence) {
        once(competences, competence.code(), competence);
        int[] skillsOfDifficulty = new int[10];
        competence.skills().forEach(skill -> skillsOfDifficulty[skill.difficulty()]++);
        for (Tube tube : competence.tubes()) {
            once(tubes, tube.id(), tube);
            for (Skill skill : tube.skills()) {
                once(skills, skill.id(), skill);
                pixValues.put(skill.id(), scale.pixValue(skillsOfDifficulty[skill.difficulty()]));
                skill.challenges().forEach(challenge -> once(challenges, challenge.id(), challenge));
            }
        }
    }

    private static <K, V> void once(Map<K, V> index, K key, V value) {
        if (index.putIfAbsent(key, value) != null) {
            throw new IllegalArgumentException(key + " stands twice in the framework");
        }
    }
}
