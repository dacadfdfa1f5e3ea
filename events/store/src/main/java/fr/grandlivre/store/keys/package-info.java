/** Keys of personal data: one per person and class, wrapped by a master key, erased by deleting a row. */
@NullMarked
package fr.grandlivre.store.keys;

import org.jspecify.annotations.NullMarked;
