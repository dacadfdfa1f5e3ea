package fr.grandlivre.planted.fields;

import org.springframework.beans.factory.annotation.Autowired;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class Injected {
    @Autowired
    Object injected;
}
