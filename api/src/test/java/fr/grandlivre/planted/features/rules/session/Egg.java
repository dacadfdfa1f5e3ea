package fr.grandlivre.planted.features.rules.session;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
public class Egg {
    void hatch(fr.grandlivre.planted.features.rules.evaluation.Chicken chicken) {}
}
