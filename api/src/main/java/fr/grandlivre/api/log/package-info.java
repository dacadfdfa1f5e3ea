/** The transparency log for everybody: checkpoints, tiles, proofs; for auditors, its entries and its state. */
@NullMarked
package fr.grandlivre.api.log;

import org.jspecify.annotations.NullMarked;
