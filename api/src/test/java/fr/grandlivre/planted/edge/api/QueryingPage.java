package fr.grandlivre.planted.edge.api;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;

/** Planted: breaks a rule on purpose, so that the rule is known to catch it. */
@Controller
class QueryingPage {
    JdbcClient jdbc;
}
