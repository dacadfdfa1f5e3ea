package fr.grandlivre.planted.edge.query;

import org.axonframework.commandhandling.CommandBus;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class SendingProjection {
    CommandBus commands;
}
