package fr.grandlivre.api.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks A1 to A5 of the page rules on the page that a visit has open. A6, without JavaScript, is a visit of its own. */
public final class PageCheck {
    private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    // Numbered in the order of the document; a group of radio buttons is one stop of the keyboard: the chosen one.
    private static final String NUMBER_STOPS = """
        () => {
          const groups = new Set();
          const stops = [...document.querySelectorAll(
              'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
            .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
            .filter(e => {
              if (e.type !== 'radio') return true;
              const chosen = document.querySelector(`input[type=radio][name="${e.name}"]:checked`);
              if (chosen) return e === chosen;
              if (groups.has(e.name)) return false;
              groups.add(e.name);
              return true;
            });
          stops.forEach((e, i) => e.setAttribute('data-stop', i));
          return stops.length;
        }
        """;
    // Each press of the key first notes where the one before has led, and the walk ends with a last note.
    private static final String NOTE_STOPS = """
        () => {
          const noted = [];
          const note = () => {
            const e = document.activeElement;
            if (!e || e === document.body || !e.hasAttribute('data-stop')) return;
            const s = getComputedStyle(e);
            const seen = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
            const box = e.getBoundingClientRect();
            const inView = box.bottom > 0 && box.right > 0 && box.left < innerWidth && box.top < innerHeight;
            noted.push([Number(e.getAttribute('data-stop')), seen && inView, e.outerHTML.slice(0, 120)]);
          };
          addEventListener('keydown', note, {capture: true});
          window.notedStops = () => { removeEventListener('keydown', note, {capture: true}); note(); return noted; };
        }
        """;
    private static final String SMALL_TARGETS = """
        () => [...document.querySelectorAll('button, a.button, header a, footer a, summary, select, '
              + 'input:not([type=hidden]):not([type=radio]):not([type=checkbox])')]
          .filter(e => e.checkVisibility() && !e.classList.contains('skip'))
          .filter(e => { const b = e.getBoundingClientRect(); return b.height < 43.5 || b.width < 43.5; })
          .map(e => e.outerHTML.slice(0, 120))
        """;
    private static final String OVERFLOW = """
        () => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
            .map(e => e.outerHTML.slice(0, 120)).slice(0, 5)
        """;
    private static final String TEXT_SPACING = """
        () => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; '
            + 'word-spacing: 0.16em !important } p { margin-bottom: 2em !important }');
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
        }
        """;

    private static final int DATE_STOPS = 4;

    private final Visit visit;
    private final Page page;

    private PageCheck(Visit visit) {
        this.visit = visit;
        this.page = visit.page();
    }

    /** Checks everything; the keyboard walk starts at the top of the page and leaves the focus at its end. */
    public static void of(Visit visit) {
        PageCheck check = new PageCheck(visit);
        check.frame();
        check.axe();
        check.fits();
        check.targets();
        check.keyboard();
        check.enlarged();
        check.quiet();
    }

    /** A1, A2, A4 and A5, which leave the page as it is: a visit goes on from there. */
    public static void atAGlance(Visit visit) {
        PageCheck check = new PageCheck(visit);
        check.frame();
        check.axe();
        check.fits();
        check.targets();
        check.quiet();
    }

    /** A1. */
    public void axe() {
        int faults = visit.faults().size();
        List<Rule> violations = new AxeBuilder(page)
                .setLegacyMode(true)
                .withTags(WCAG)
                .analyze()
                .getViolations();
        // axe copies imported style sheets into the page, which the policy refuses: its doing, not the page's.
        visit.forgetAfter(faults);
        assertThat(violations)
                .as(page.url())
                .extracting(
                        rule -> rule.getId() + ": " + rule.getNodes().getFirst().getHtml())
                .isEmpty();
    }

    /** A2: nothing is wider than the screen; wide tables scroll inside their own region. */
    public void fits() {
        assertThat((List<?>) page.evaluate(OVERFLOW)).as(page.url()).isEmpty();
    }

    /** A2: text at 200 % on a desk, and the spacing that a reader may ask for, lose nothing. */
    public void enlarged() {
        if (visit.screen() == Screen.DESK_EN) {
            page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }");
        } else {
            page.evaluate(TEXT_SPACING);
        }
        fits();
    }

    /** Targets of 44 × 44 px, links in running text excepted. */
    public void targets() {
        assertThat((List<?>) page.evaluate(SMALL_TARGETS)).as(page.url()).isEmpty();
    }

    /** A3: the keyboard reaches every control, in order, and shows where it is. */
    public void keyboard() {
        int stops = ((Number) page.evaluate(NUMBER_STOPS)).intValue();
        // Blurring alone would let the walk begin after whatever had the focus before.
        page.evaluate("""
            () => {
              document.body.tabIndex = -1;
              document.body.focus();
              document.body.removeAttribute('tabindex');
              scrollTo(0, 0);
            }
            """);
        // A date or time field is one control with stops of its own: day, month, year and calendar; hour, minute,
        // clock.
        int within = (DATE_STOPS - 1)
                * page.locator("input[type=date], input[type=time]").count();
        page.evaluate(NOTE_STOPS);
        for (int press = 0; press < stops + within; press++) {
            page.keyboard().press("Tab");
        }
        List<Integer> reached = new ArrayList<>();
        for (Object noted : (List<?>) page.evaluate("() => window.notedStops()")) {
            List<?> where = (List<?>) noted;
            int stop = ((Number) where.getFirst()).intValue();
            assertThat(where.get(1)).as("focus is seen: " + where.getLast()).isEqualTo(true);
            if (reached.size() < stops && (reached.isEmpty() || reached.getLast() != stop)) {
                reached.add(stop);
            }
        }
        assertThat(reached).as(page.url()).hasSize(stops).isSorted();
    }

    /** A4. */
    public void frame() {
        Map<?, ?> found = (Map<?, ?>) page.evaluate("""
            () => ({
              headings: document.querySelectorAll('h1').length,
              h1: document.querySelector('h1')?.textContent.trim(),
              title: document.title,
              lang: document.documentElement.lang,
              landmarks: ['header', 'main', 'footer'].every(n => document.querySelectorAll(n).length === 1),
              skip: document.querySelector('body > a')?.getAttribute('href') === '#' + document.querySelector('main')?.id
            })
            """);
        assertThat(found.get("headings")).as(page.url()).isEqualTo(1);
        assertThat(found.get("title")).isEqualTo(found.get("h1") + " · Grand Livre");
        assertThat(found.get("lang")).isEqualTo(visit.screen().language.substring(0, 2));
        assertThat(found.get("landmarks")).isEqualTo(true);
        assertThat(found.get("skip")).isEqualTo(true);
    }

    /** A5. */
    public void quiet() {
        assertThat(visit.faults()).as(page.url()).isEmpty();
    }
}
