package fr.grandlivre.command.campaign;

import fr.grandlivre.command.Decision;
import fr.grandlivre.command.LedgerHistory;
import fr.grandlivre.command.LedgerRepository;
import fr.grandlivre.command.LoadedStream;
import fr.grandlivre.command.ServerClock;
import fr.grandlivre.command.campaign.CampaignCommand.OpenCampaign;
import fr.grandlivre.events.campaign.CampaignEvent.CampaignCodeReserved;
import fr.grandlivre.events.vocabulary.CampaignCode;
import fr.grandlivre.events.vocabulary.StreamIds;
import fr.grandlivre.rules.campaign.CampaignCodeText;
import fr.grandlivre.rules.campaign.CampaignTerms;
import fr.grandlivre.rules.framework.Frameworks;
import fr.grandlivre.rules.verification.CodeLength;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;

/** Commands over a campaign and its code. Thread-safe. */
final class CampaignCommands {
    private final LedgerRepository<Campaign> campaigns;
    private final LedgerRepository<ReservedCampaignCode> codes;
    private final LedgerHistory history;
    private final Frameworks frameworks;
    private final RandomGenerator draws;

    CampaignCommands(
            LedgerRepository<Campaign> campaigns,
            LedgerRepository<ReservedCampaignCode> codes,
            LedgerHistory history,
            Frameworks frameworks,
            RandomGenerator draws) {
        this.campaigns = campaigns;
        this.codes = codes;
        this.history = history;
        this.frameworks = frameworks;
        this.draws = draws;
    }

    @CommandHandler
    Decision handle(OpenCampaign command, ServerClock clock) {
        LoadedStream<Optional<CampaignTerms>> campaign = LoadedStream.of(command.stream(), campaigns);
        Optional<CampaignCode> drawn = draw();
        Optional<LoadedStream<Boolean>> owner = drawn.map(code -> LoadedStream.of(StreamIds.campaignCode(code), codes));
        owner.ifPresentOrElse(code -> LoadedStream.load(campaign, code), () -> LoadedStream.load(campaign));
        Decision decision = CampaignDecider.decide(
                campaign.state(),
                command,
                drawn.filter(_ -> !owner.orElseThrow().state()),
                frameworks.inForce(clock.now()));
        return LoadedStream.record(
                decision, event -> event instanceof CampaignCodeReserved ? owner.orElseThrow() : campaign);
    }

    /** @return a code that nobody had when it was drawn; empty when all draws were taken */
    private Optional<CampaignCode> draw() {
        return Stream.generate(() -> CampaignCodeText.draw(draws))
                .limit(CodeLength.MOST_DRAWS)
                .filter(code -> history.of(StreamIds.campaignCode(code)).isEmpty())
                .findFirst();
    }
}
