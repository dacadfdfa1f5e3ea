package fr.grandlivre.api.security;

import fr.grandlivre.events.vocabulary.Role;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may call a route. On a method it replaces the one on its class; a route without any is closed to everyone. Whose
 * object it is, the query or the command decides, not this.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Allowed {
    /** @return roles of which the caller needs one; ignored when one of the other members is set */
    Role[] value() default {};

    /** @return whether anybody may call, signed in or not */
    boolean everyone() default false;

    /** @return whether every signed-in person may call, whatever the role */
    boolean signedIn() default false;
}
