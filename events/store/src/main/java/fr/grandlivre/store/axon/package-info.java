/** The ledger as Axon's event store: commands append through one unit of work, processors follow without delay. */
@NullMarked
package fr.grandlivre.store.axon;

import org.jspecify.annotations.NullMarked;
