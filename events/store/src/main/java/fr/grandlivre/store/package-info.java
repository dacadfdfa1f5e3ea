/** Where events are kept: the group-commit writer, the readers and what Axon needs of them. */
@NullMarked
package fr.grandlivre.store;

import org.jspecify.annotations.NullMarked;
