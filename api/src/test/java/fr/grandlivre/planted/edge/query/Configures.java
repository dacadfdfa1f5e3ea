package fr.grandlivre.planted.edge.query;

import org.axonframework.config.Configuration;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class Configures {
    Configuration configuration;
}
