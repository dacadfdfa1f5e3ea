package fr.grandlivre.rules.framework;

/**
 * Constants of the adaptive pick in one framework version (domain rules, adaptive pick).
 *
 * @param firstDifficulty         difficulty of the first question of a pass, where there is one
 * @param levelWithoutAnswer      level taken for a learner who has not answered
 * @param hardestOfEasyTube       a tube is easy when its hardest skill is not above this; easy tubes come first
 * @param greatestStepUp          a skill is too hard when it is further than this above the predicted level
 * @param tutorialsAfterFailure   most tutorials offered at once
 */
public record PickRules(
        int firstDifficulty,
        int levelWithoutAnswer,
        int hardestOfEasyTube,
        int greatestStepUp,
        int tutorialsAfterFailure) {}
