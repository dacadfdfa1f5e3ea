package fr.grandlivre.planted.features.command.session;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
public class Lent {}
