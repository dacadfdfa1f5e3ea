package fr.grandlivre.planted.features.query.campaign;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class Borrowsquery {
    fr.grandlivre.planted.features.query.session.Lent lent;
}
