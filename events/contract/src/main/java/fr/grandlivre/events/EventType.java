package fr.grandlivre.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The wire name and version of an event record: they, and never the Java class name, are what the ledger stores. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    /** Feature, a dot, a past-tense fact in kebab-case: {@code evaluation.level-changed}. Never reused. */
    String name();

    /** Starts at 1; grows with each change of shape that is not additive. */
    int version();
}
