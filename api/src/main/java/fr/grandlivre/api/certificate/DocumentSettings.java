package fr.grandlivre.api.certificate;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about documents.
 *
 * @param inBackground whether attestations are made as soon as certificates are issued; otherwise when somebody asks for one
 */
@ConfigurationProperties("grandlivre.documents")
record DocumentSettings(@DefaultValue("true") boolean inBackground) {}
