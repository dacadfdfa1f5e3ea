package fr.grandlivre.planted.edge.command;

import org.axonframework.modelling.command.CreationPolicy;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class CreatesIfMissing {
    @CreationPolicy
    void handle() {}
}
