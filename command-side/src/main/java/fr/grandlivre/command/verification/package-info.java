/** Reserves verification codes, each once and for ever. */
@NullMarked
package fr.grandlivre.command.verification;

import org.jspecify.annotations.NullMarked;
