/** The ledger itself, read by auditors: search, one event with its causes and effects. Personal fields stay sealed. */
@NullMarked
package fr.grandlivre.api.audit;

import org.jspecify.annotations.NullMarked;
