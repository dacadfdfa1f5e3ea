package fr.grandlivre.query.campaign;

import fr.grandlivre.events.vocabulary.CampaignId;
import fr.grandlivre.events.vocabulary.CompetenceCode;
import fr.grandlivre.events.vocabulary.LearnerId;
import fr.grandlivre.events.vocabulary.Level;
import fr.grandlivre.events.vocabulary.Pix;
import fr.grandlivre.query.ShowsPeople;
import java.time.Instant;

/**
 * A pupil's level in one competence as it was shared.
 *
 * @param learner    whose
 * @param competence code
 * @param campaign   in which it was shared
 * @param level      at the position of the sharing
 * @param pix        at the position of the sharing
 * @param validated  targeted skills that the pupil had
 * @param skills     targeted skills
 * @param atPosition ledger position of the results
 * @param sharedAt   when they were sent
 */
@ShowsPeople
public record SharedLevel(
        LearnerId learner,
        CompetenceCode competence,
        CampaignId campaign,
        Level level,
        Pix pix,
        int validated,
        int skills,
        long atPosition,
        Instant sharedAt) {}
