package fr.grandlivre.events;

/**
 * A fact that the ledger keeps for ever. Each feature has one sealed interface that extends this one; its records are
 * the events. Immutable.
 */
public interface LedgerEvent {}
