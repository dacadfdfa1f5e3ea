package fr.grandlivre.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

class RoutesTest {
    private int searched;
    private final Routes routes = new Routes() {
        @Override
        protected void handleMatch(
                org.springframework.web.servlet.mvc.method.RequestMappingInfo info,
                String path,
                jakarta.servlet.http.HttpServletRequest request) {
            searched++;
            super.handleMatch(info, path, request);
        }
    };

    @Controller
    static class Things {
        @GetMapping(path = "/things/{name}", produces = "text/csv")
        void read() {}

        @PostMapping("/things/{name}")
        void write() {}
    }

    @BeforeEach
    void start() {
        StaticWebApplicationContext context = new StaticWebApplicationContext();
        context.registerSingleton("things", Things.class);
        context.refresh();
        routes.setApplicationContext(context);
        routes.afterPropertiesSet();
    }

    private String handler(MockHttpServletRequest request) throws Exception {
        ServletRequestPathUtils.parseAndCache(request);
        return ((HandlerMethod)
                        Objects.requireNonNull(routes.getHandler(request)).getHandler())
                .getMethod()
                .getName();
    }

    @Test
    void a_request_is_looked_for_once_and_keeps_all_that_was_found() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/things/one");
        assertThat(handler(request)).isEqualTo("read");
        Object types = request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        assertThat(handler(request)).isEqualTo("read");
        assertThat(searched).isEqualTo(1);
        assertThat(types).isNotNull();
        assertThat(request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE))
                .isEqualTo(types);
        assertThat(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .hasToString("{name=one}");
    }

    @Test
    void another_path_or_method_of_the_same_request_is_looked_for_anew() throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/things/one");
        handler(request);
        request.setRequestURI("/things/two");
        assertThat(handler(request)).isEqualTo("read");
        assertThat(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .hasToString("{name=two}");
        request.setMethod("POST");
        assertThat(handler(request)).isEqualTo("write");
        assertThat(request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE))
                .isNull();
    }
}
