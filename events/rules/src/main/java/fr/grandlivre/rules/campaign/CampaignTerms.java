package fr.grandlivre.rules.campaign;

import fr.grandlivre.events.campaign.CampaignEvent;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignAmended;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignClosed;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignOpened;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationCompleted;
import fr.grandlivre.events.campaign.CampaignEvent.ParticipationStarted;
import fr.grandlivre.events.campaign.CampaignEvent.ResultsShared;
import fr.grandlivre.events.campaign.CampaignEvent.TargetFixed;
import fr.grandlivre.events.campaign.CampaignEvent.TargetedCompetence;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.FrameworkVersion;
import fr.grandlivre.events.vocabulary.SchoolId;
import fr.grandlivre.events.vocabulary.TubeId;
import fr.grandlivre.rules.framework.Competence;
import fr.grandlivre.rules.framework.Framework;
import fr.grandlivre.rules.framework.Tube;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a campaign asks, of whom and when: the fold of its stream. Immutable.
 *
 * @param campaign    its id
 * @param code        by which pupils enter
 * @param title       1..120 characters
 * @param school      whose
 * @param audience    levels of schooling, from the youngest
 * @param target      what is asked, by competence
 * @param framework   version whose tubes the target names
 * @param opensAt     first instant at which pupils may enter
 * @param closesAt    last instant, inclusive; when it was closed before, that instant
 * @param targetFixed whether somebody takes part, so that the target no longer changes
 * @param closed      whether it was closed before its last instant
 */
public record CampaignTerms(
        CampaignId campaign,
        CampaignCode code,
        String title,
        SchoolId school,
        List<String> audience,
        List<TargetedCompetence> target,
        FrameworkVersion framework,
        Instant opensAt,
        Instant closesAt,
        boolean targetFixed,
        boolean closed) {
    /** Where a campaign is in its life. */
    public enum Phase {
        NOT_OPEN,
        OPEN,
        CLOSED
    }

    /** @return the terms as the campaign was opened */
    public static CampaignTerms of(CampaignOpened opened) {
        return new CampaignTerms(
                opened.campaign(),
                opened.code(),
                opened.title(),
                opened.school(),
                opened.audience(),
                opened.target(),
                opened.framework(),
                opened.opensAt(),
                opened.closesAt(),
                false,
                false);
    }

    /** @return the fold of a campaign's stream; empty when it holds no campaign */
    public static Optional<CampaignTerms> of(Collection<CampaignEvent> stream) {
        CampaignTerms terms = null;
        for (CampaignEvent event : stream) {
            terms = terms != null ? terms.after(event) : event instanceof CampaignOpened opened ? of(opened) : null;
        }
        return Optional.ofNullable(terms);
    }

    /** @return the terms after the next event of the stream */
    public CampaignTerms after(CampaignEvent event) {
        return switch (event) {
            case CampaignAmended amended ->
                new CampaignTerms(
                        campaign,
                        code,
                        amended.title(),
                        school,
                        amended.audience(),
                        amended.target(),
                        framework,
                        amended.opensAt(),
                        amended.closesAt(),
                        targetFixed,
                        closed);
            case TargetFixed _ ->
                new CampaignTerms(
                        campaign, code, title, school, audience, target, framework, opensAt, closesAt, true, closed);
            case CampaignClosed close ->
                new CampaignTerms(
                        campaign,
                        code,
                        title,
                        school,
                        audience,
                        target,
                        framework,
                        opensAt,
                        close.closedAt(),
                        targetFixed,
                        true);
            case CampaignOpened _,
                    CampaignCodeReserved _,
                    ParticipationStarted _,
                    ParticipationCompleted _,
                    ResultsShared _ ->
                throw new AssertionError("a campaign's stream opens once and holds no participation");
        };
    }

    public Phase phase(Instant now) {
        if (closed || now.isAfter(closesAt)) {
            return Phase.CLOSED;
        }
        return now.isBefore(opensAt) ? Phase.NOT_OPEN : Phase.OPEN;
    }

    /** @return competences asked, in the order in which they are asked */
    public List<CompetenceCode> competences() {
        return target.stream().map(TargetedCompetence::competence).sorted().toList();
    }

    /**
     * @param version the campaign's framework version
     * @return tubes asked
     */
    public Set<TubeId> tubes(Framework version) {
        return target.stream().flatMap(asked -> tubes(asked, version)).collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<TubeId> tubes(TargetedCompetence asked, Framework version) {
        return asked.tubes() != null
                ? asked.tubes().stream()
                : version.competence(asked.competence()).map(Competence::tubes).orElse(List.of()).stream()
                        .map(Tube::id);
    }
}
