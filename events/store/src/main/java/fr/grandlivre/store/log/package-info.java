/** The transparency log: a Merkle tree over all events in position order, in tiles, under signed checkpoints. */
@NullMarked
package fr.grandlivre.store.log;

import org.jspecify.annotations.NullMarked;
