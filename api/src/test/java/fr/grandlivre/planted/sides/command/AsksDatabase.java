package fr.grandlivre.planted.sides.command;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
class AsksDatabase {
    java.sql.Connection connection;
}
