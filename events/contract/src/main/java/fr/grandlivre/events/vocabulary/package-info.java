/** The words all features share: identifiers, codes and quantities, parsed once and valid ever after. */
@NullMarked
package fr.grandlivre.events.vocabulary;

import org.jspecify.annotations.NullMarked;
