/** The ledger itself, event by event, for auditors. */
@NullMarked
package fr.grandlivre.query.audit;

import org.jspecify.annotations.NullMarked;
