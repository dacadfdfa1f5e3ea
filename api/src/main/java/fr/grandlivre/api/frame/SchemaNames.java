package fr.grandlivre.api.frame;

import io.swagger.v3.core.jackson.TypeNameResolver;

/** Names of schemas: a record of a resource bears the resource's name too, for many resources have an item or a request. */
final class SchemaNames extends TypeNameResolver {
    @Override
    protected String getNameOfClass(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        if (around == null) {
            return type.getSimpleName();
        }
        return getNameOfClass(around).replaceAll("Resource$", "") + type.getSimpleName();
    }
}
