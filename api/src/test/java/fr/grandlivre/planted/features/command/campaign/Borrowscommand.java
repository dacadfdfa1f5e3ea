package fr.grandlivre.planted.features.command.campaign;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class Borrowscommand {
    fr.grandlivre.planted.features.command.session.Lent lent;
}
