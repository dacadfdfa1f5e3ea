package fr.grandlivre.planted.contract.events;

import org.springframework.core.env.Environment;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class ReadsSpring {
    Environment environment;
}
