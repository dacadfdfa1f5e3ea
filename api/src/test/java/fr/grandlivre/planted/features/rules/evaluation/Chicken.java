package fr.grandlivre.planted.features.rules.evaluation;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
public class Chicken {
    void lay(fr.grandlivre.planted.features.rules.session.Egg egg) {}
}
