package fr.grandlivre.api.frame;

import fr.grandlivre.api.request.CommandKeyArgument;
import fr.grandlivre.api.security.CallerArgument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** What pages are made of: message bundles, style sheets and scripts, parameters of controllers. */
@Configuration(proxyBeanMethods = false)
class PagesWiring implements WebMvcConfigurer {
    // Links to assets carry a hash of their content, so a copy never needs to be asked for again.
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final CallerArgument callers;
    private final CommandKeyArgument commandKeys;

    PagesWiring(CallerArgument callers, CommandKeyArgument commandKeys) {
        this.callers = callers;
        this.commandKeys = commandKeys;
    }

    /** One pair of bundles a feature, {@code messages/<feature>_fr.properties} and {@code _en}: dropped in, found. */
    @Bean
    static MessageSource messageSource() throws IOException {
        Resource[] french =
                new PathMatchingResourcePatternResolver().getResources("classpath*:messages/*_fr.properties");
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames(Arrays.stream(french)
                .map(Resource::getFilename)
                .map(name -> "messages/" + String.valueOf(name).replace("_fr.properties", ""))
                .sorted()
                .toArray(String[]::new));
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setDefaultLocale(Locale.FRENCH);
        return messages;
    }

    /** After a form the browser is told to GET (303), whatever its method was. */
    @Bean
    static SmartInitializingSingleton redirectsAreGets(ThymeleafViewResolver views) {
        return () -> views.setRedirectHttp10Compatible(false);
    }

    @Bean
    static ResourceUrlEncodingFilter hashedLinks() {
        return new ResourceUrlEncodingFilter();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/assets/**")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(FOR_EVER)
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
        registry.addResourceHandler("/webjars/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(FOR_EVER)
                .resourceChain(true)
                .addResolver(new LiteWebJarsResourceResolver());
        registry.addResourceHandler("/favicon.ico", "/robots.txt")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.maxAge(Duration.ofDays(1)).cachePublic());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(callers);
        resolvers.add(commandKeys);
    }
}
