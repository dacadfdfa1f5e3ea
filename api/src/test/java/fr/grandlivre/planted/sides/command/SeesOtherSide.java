package fr.grandlivre.planted.sides.command;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class SeesOtherSide {
    fr.grandlivre.planted.sides.query.Seen seen;
}
