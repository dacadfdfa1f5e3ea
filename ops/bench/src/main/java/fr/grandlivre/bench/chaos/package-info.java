/** Breaks a running installation and finds out, from outside, whether it kept its promises. */
@NullMarked
package fr.grandlivre.bench.chaos;

import org.jspecify.annotations.NullMarked;
