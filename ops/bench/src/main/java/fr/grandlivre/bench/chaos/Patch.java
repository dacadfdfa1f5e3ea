package fr.grandlivre.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Another beginning for one method of the application, which returns before the old body or goes on into it. The packaged
 * application has no switch for what is planted: its class is rewritten into a directory that one node finds first.
 *
 * @param owner  binary name of the class
 * @param method its name
 * @param type   its descriptor, by which it is told from others of the name
 * @param before what runs first
 * @param whole  whether nothing else runs
 */
record Patch(String owner, String method, String type, Consumer<CodeBuilder> before, boolean whole) {
    /** @return a patch that takes the place of the body */
    static Patch instead(String owner, String method, String type, Consumer<CodeBuilder> body) {
        return new Patch(owner, method, type, body, true);
    }

    /** @return a patch that runs before the body */
    static Patch before(String owner, String method, String type, Consumer<CodeBuilder> before) {
        return new Patch(owner, method, type, before, false);
    }

    /**
     * @param directory found before the application's own classes
     * @throws IllegalStateException when the application has no such method
     */
    void into(Path directory) throws IOException {
        Path file = directory.resolve(resource());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, rewritten());
    }

    /** @return the class with the patch */
    byte[] rewritten() throws IOException {
        ClassFile format = ClassFile.of(ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(Patch.class.getClassLoader())));
        try (InputStream packaged = Patch.class.getResourceAsStream("/" + resource())) {
            if (packaged == null) {
                throw new IllegalStateException("the application has no class " + owner);
            }
            ClassModel model = format.parse(packaged.readAllBytes());
            if (model.methods().stream().noneMatch(this::isMeant)) {
                throw new IllegalStateException(owner + " has no method " + method + type);
            }
            return format.transformClass(model, ClassTransform.transformingMethods(this::isMeant, body()));
        }
    }

    private MethodTransform body() {
        return whole
                ? MethodTransform.dropping(CodeModel.class::isInstance)
                        .andThen(MethodTransform.endHandler(builder -> builder.withCode(before)))
                : MethodTransform.transformingCode(new Prelude(before));
    }

    private boolean isMeant(MethodModel candidate) {
        return candidate.methodName().equalsString(method)
                && candidate.methodTypeSymbol().equals(MethodTypeDesc.ofDescriptor(type));
    }

    private String resource() {
        return owner.replace('.', '/') + ".class";
    }

    private record Prelude(Consumer<CodeBuilder> before) implements CodeTransform {
        @Override
        public void atStart(CodeBuilder builder) {
            before.accept(builder);
        }

        @Override
        public void accept(CodeBuilder builder, CodeElement element) {
            builder.with(element);
        }
    }
}
