package fr.grandlivre.planted.unmarked;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class NotNullMarked {}
