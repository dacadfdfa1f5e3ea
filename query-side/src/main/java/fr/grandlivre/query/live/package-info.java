/** Keeps the views in step with the ledger: positions are read in order, rows and token commit together. */
@NullMarked
package fr.grandlivre.query.live;

import org.jspecify.annotations.NullMarked;
