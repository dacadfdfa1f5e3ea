/** Loads the demonstration: invented establishments and pupils whose past is made by real commands. */
@NullMarked
package fr.grandlivre.api.demo;

import org.jspecify.annotations.NullMarked;
