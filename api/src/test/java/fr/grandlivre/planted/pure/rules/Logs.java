package fr.grandlivre.planted.pure.rules;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class Logs {
    private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(Logs.class);

    void say() {
        LOG.info("planted");
    }
}
