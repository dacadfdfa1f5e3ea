package fr.grandlivre.planted.features.query.session;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
public class Lent {}
