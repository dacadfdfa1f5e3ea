@NullMarked
package fr.grandlivre.relay;

import org.jspecify.annotations.NullMarked;
