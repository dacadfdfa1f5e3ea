/** Brokers and a relay that die while a ledger grows, and what their readers find. */
@NullMarked
package fr.grandlivre.bench.relay;

import org.jspecify.annotations.NullMarked;
