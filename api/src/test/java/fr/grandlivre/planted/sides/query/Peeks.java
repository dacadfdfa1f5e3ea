package fr.grandlivre.planted.sides.query;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class Peeks {
    fr.grandlivre.planted.sides.command.Shown shown;
}
