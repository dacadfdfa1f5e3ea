package fr.grandlivre.api.document;

/**
 * A file inside a PDF: the same content in a form for programs.
 *
 * @param name        for example {@code certificat.vc.json}
 * @param description what it is, for people
 * @param mediaType   MIME type
 * @param content     its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Handed from maker to renderer, never compared.
public record AttachedFile(String name, String description, String mediaType, byte[] content) {}
