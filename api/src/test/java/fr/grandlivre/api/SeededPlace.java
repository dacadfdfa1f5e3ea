package fr.grandlivre.api;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** A free port and an empty home in which the demonstration gets its past. */
public final class SeededPlace implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        new TestPlace().initialize(context);
        TestPropertyValues.of("grandlivre.demo-data=true").applyTo(context);
    }
}
