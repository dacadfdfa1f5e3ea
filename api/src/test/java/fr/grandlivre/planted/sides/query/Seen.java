package fr.grandlivre.planted.sides.query;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
public class Seen {}
