/** Old shapes of events, one pure hop a class, in the order in which they are applied. */
@NullMarked
package fr.grandlivre.events.upcast;

import org.jspecify.annotations.NullMarked;
