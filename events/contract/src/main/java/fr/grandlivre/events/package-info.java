/** What happened: the events of the ledger, their wire names, their bytes and the way old ones are read. */
@NullMarked
package fr.grandlivre.events;

import org.jspecify.annotations.NullMarked;
