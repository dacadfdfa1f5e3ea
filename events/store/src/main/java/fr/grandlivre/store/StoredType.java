package fr.grandlivre.store;

/**
 * A kind of event that stands in the ledger.
 *
 * @param name    wire name
 * @param version version as stored
 */
public record StoredType(String name, int version) {}
