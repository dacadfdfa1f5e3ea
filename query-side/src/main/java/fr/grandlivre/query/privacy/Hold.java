package fr.grandlivre.query.privacy;

import fr.grandlivre.events.DataClass;
import fr.grandlivre.events.privacy.ErasureEvent.HoldBasis;
import fr.grandlivre.events.vocabulary.AccountId;
import java.time.LocalDate;

/**
 * A class of a person's data that must not be erased before a day.
 *
 * @param person    whose data
 * @param dataClass what is held
 * @param basis     why
 * @param until     last day, Europe/Paris, inclusive
 * @param placer    who placed it
 */
public record Hold(AccountId person, DataClass dataClass, HoldBasis basis, LocalDate until, AccountId placer) {}
