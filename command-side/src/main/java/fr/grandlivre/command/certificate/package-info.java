/** Issues and imports certificates, suspends, reinstates and revokes them. */
@NullMarked
package fr.grandlivre.command.certificate;

import org.jspecify.annotations.NullMarked;
