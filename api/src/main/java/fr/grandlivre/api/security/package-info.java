/** Who may come in: sign-in, roles, route access, response headers. */
@NullMarked
package fr.grandlivre.api.security;

import org.jspecify.annotations.NullMarked;
