package fr.grandlivre.planted.names;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class CertificateManager {}
