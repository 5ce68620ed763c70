// SPDX-License-Identifier: Apache-2.0
package org.polias.app.e2e;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.polias.app.system.Await;
import org.polias.app.system.PlatformProcess;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** An operator's shift in a browser: calm, an exercise, what is done about it, and a platform that dies meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT {

    private static final double PATIENCE_MS = 60_000;
    /** What a browser says of its own accord about an answer that it was asked to get, and about graphics without hardware. */
    private static final List<String> NOT_OURS = List.of("status of 401", "GL Driver Message");

    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private PlatformProcess platform;
    private Playwright playwright;
    private Browser browser;
    private Page page;
    private Page colleague;

    @BeforeAll
    void start(@TempDir Path work) throws IOException {
        // The same port after a restart: a browser's page stays where it was.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS / 2);
        platform = PlatformProcess.in(work, "--durability", "process", "--http-port", String.valueOf(freePort()));
        platform.start();
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of(
                                "--headless",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));
        platform.awaitReady();
        platform.post(
                "/api/users",
                "{\"user\": \"karla\", \"name\": \"Karla\", \"roles\": [\"operator\"], \"password\": \"four words make one\"}");
        page = open();
        colleague = open();
    }

    @AfterAll
    void stop() {
        browser.close();
        playwright.close();
        platform.close();
    }

    @Test
    @Order(1)
    void whoeverSignsInSeesTheCityAndThatItIsSimulated() {
        page.navigate(platform.url().toString());
        page.getByTestId("sign-in-user").fill("admin");
        page.getByTestId("sign-in-password").fill("wrong wrong wrong");
        page.getByTestId("sign-in-submit").click();
        assertThat(page.getByTestId("sign-in-message")).not().isEmpty();
        signIn(page, "admin", platform.adminPassword());
        signIn(colleague, "karla", "four words make one");

        assertThat(page.getByTestId("map")).isVisible();
        assertThat(page.getByTestId("simulated-badge").first()).isVisible();
        assertThat(page.getByText("Plzeň").first()).isVisible();
        awaitLive(page);
        assertThat(page.getByTestId("incident-card")).hasCount(0);
        // Only who may begin an exercise is offered one.
        assertThat(page.getByTestId("exercise-start")).isVisible();
        assertThat(colleague.getByTestId("exercise-start")).hasCount(0);
    }

    @Test
    @Order(2)
    void theExerciseBeginsByItsButtonAndAnIncidentAppearsByItself() {
        page.getByTestId("exercise-start").click();
        page.getByTestId("exercise-start-pilsen-shots").click();
        page.getByTestId("exercise-confirm").click();
        assertThat(page.getByTestId("exercise-banner")).isVisible();
        assertThat(colleague.getByTestId("exercise-banner")).isVisible();
        closeDialog();

        for (Page each : List.of(page, colleague)) {
            assertThat(each.getByTestId("incident-card").first())
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        }
    }

    @Test
    @Order(3)
    void whatIsTheMostCriticalIsExplainedAndTheExplanationAddsUp() {
        Locator card =
                page.locator("[data-testid=incident-card][data-level=CRITICAL]").first();
        assertThat(card).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE_MS));
        String id = card.getAttribute("data-incident");
        page.navigate(platform.url() + "/#/incident/" + id);
        assertThat(page.getByTestId("incident-heading")).not().isEmpty();
        assertThat(page.getByTestId("ledger-line").first()).isVisible();

        // Read in one go: the incident goes on while it is looked at.
        Object sums = page.evaluate("""
                () => {
                  const all = (root, selector) => {
                    const found = [...root.querySelectorAll(selector)];
                    for (const element of root.querySelectorAll('*')) {
                      if (element.shadowRoot) found.push(...all(element.shadowRoot, selector));
                    }
                    return found;
                  };
                  const lines = all(document, '[data-testid=ledger-line]').map((line) => Number(line.dataset.weight));
                  const total = all(document, '[data-testid=ledger-total]')[0].querySelector('b.right').textContent;
                  return [lines.length, lines.reduce((a, b) => a + b, 0), Number(total.trim().replace('\u2212', '-'))];
                }""");
        List<?> numbers = (List<?>) sums;
        assertThat(number(numbers.get(0))).isGreaterThan(3);
        // The sum is shown to two decimals.
        assertThat(number(numbers.get(1))).isCloseTo(number(numbers.get(2)), within(0.005 + 1e-9));

        JsonNode incident = platform.get("/api/incidents/" + id);
        assertThat(incident.path("exercise").asText()).isEqualTo("pilsen-shots");
        for (JsonNode hypothesis : incident.path("hypotheses")) {
            double sum = 0;
            for (JsonNode line : incident.path("ledger")) {
                sum += line.path("weights")
                        .path(hypothesis.path("type").asText())
                        .asDouble();
            }
            assertThat(sum).isCloseTo(hypothesis.path("logOdds").asDouble(), within(1e-9));
        }
    }

    @Test
    @Order(4)
    void whatAnOperatorDoesTheOthersSeeAtOnce() {
        String id = page.url().substring(page.url().lastIndexOf('/') + 1);
        Locator elsewhere = colleague.locator("[data-testid=incident-card][data-incident='" + id + "']");
        assertThat(elsewhere).hasAttribute("data-status", "OPEN");

        page.keyboard().press("a");
        assertThat(page.getByTestId("incident-status")).hasAttribute("data-status", "ACKNOWLEDGED");
        assertThat(elsewhere).hasAttribute("data-status", "ACKNOWLEDGED");

        page.keyboard().press("s");
        page.getByTestId("assign-filter").fill("karla");
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(Pattern.compile("Karla")))
                .first()
                .click();
        submitIfAsked();
        Await.until("it is karla's", Duration.ofSeconds(20), platform::said, () -> platform.get("/api/incidents/" + id)
                .path("assignee")
                .asText()
                .equals("karla"));
        // The answer may reach the dialog later than the question asked above; until then its keys are the dialog's.
        assertThat(page.locator("dialog[open]")).hasCount(0);

        page.keyboard().press("d");
        page.locator("input[type=radio][name=reason][value=EXERCISE]").check(new Locator.CheckOptions().setForce(true));
        page.getByTestId("dialog-note").fill("an exercise, as announced");
        page.getByTestId("dialog-submit").click();
        assertThat(page.getByTestId("incident-status")).hasAttribute("data-status", "DISMISSED");
        assertThat(elsewhere).hasCount(0);
        assertThat(page.getByTestId("timeline-entry")
                        .filter(new Locator.FilterOptions().setHasText("an exercise, as announced")))
                .not()
                .hasCount(0);
    }

    @Test
    @Order(5)
    void theQueueDoesNotMoveWhenNumbersChange() {
        // Over: nothing new arises that may rightly move it.
        platform.send("DELETE", "/api/exercises/pilsen-shots", "");
        assertThat(page.getByTestId("exercise-banner"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
        page.navigate(platform.url() + "/#/");
        assertThat(page.getByTestId("map")).isVisible();
        BoundingBox map = page.getByTestId("map").boundingBox();
        BoundingBox queue = page.locator("polias-queue").boundingBox();
        BoundingBox accepted = page.getByTestId("stats-accepted").boundingBox();
        String said = page.getByTestId("stats-accepted").innerText();
        Await.until("the numbers have changed", Duration.ofSeconds(20), () -> !page.getByTestId("stats-accepted")
                .innerText()
                .equals(said));
        assertSamePlace(page.getByTestId("map").boundingBox(), map);
        assertSamePlace(page.locator("polias-queue").boundingBox(), queue);
        BoundingBox after = page.getByTestId("stats-accepted").boundingBox();
        assertThat(List.of(after.x, after.y, after.height)).isEqualTo(List.of(accepted.x, accepted.y, accepted.height));

        Locator first = page.getByTestId("incident-card").first();
        if (first.count() > 0) {
            String id = first.getAttribute("data-incident");
            BoundingBox before = first.boundingBox();
            String next = page.getByTestId("stats-accepted").innerText();
            Await.until(
                    "the numbers have changed again",
                    Duration.ofSeconds(20),
                    () -> !page.getByTestId("stats-accepted").innerText().equals(next));
            if (id.equals(first.getAttribute("data-incident"))) {
                assertSamePlace(first.boundingBox(), before);
            }
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    @Order(6)
    void everyPageIsThere() {
        for (String name : List.of("sensors", "quarantine", "devices")) {
            page.navigate(platform.url() + "/#/" + name);
            assertThat(page.getByRole(AriaRole.HEADING).first()).isVisible();
        }
        page.navigate(platform.url() + "/#/sensors");
        assertThat(page.getByTestId("sensor-row").first()).isVisible();
        page.navigate(platform.url() + "/#/devices");
        assertThat(page.getByTestId("device-row").first()).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    @Order(7)
    void whenThePlatformDiesThePageSaysSoAndComesBackByItself() {
        page.navigate(platform.url() + "/#/");
        awaitLive(page);
        platform.kill9();
        assertThat(page.getByTestId("connection")).hasAttribute("data-state", "reconnecting");
        platform.start().awaitReady();
        for (Page each : List.of(page, colleague)) {
            awaitLive(each);
        }
        // It is told anew, and goes on.
        String said = page.getByTestId("stats-accepted").innerText();
        Await.until("numbers come again", Duration.ofSeconds(20), () -> !page.getByTestId("stats-accepted")
                .innerText()
                .equals(said));
        assertThat(page.getByTestId("sign-in-user")).hasCount(0);
    }

    private Page open() {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1366, 768));
        context.setDefaultTimeout(PATIENCE_MS / 2);
        Page opened = context.newPage();
        opened.onConsoleMessage(message -> {
            if (List.of("error", "warning").contains(message.type())
                    && NOT_OURS.stream().noneMatch(message.text()::contains)) {
                complaints.add(message.text());
            }
        });
        opened.onPageError(complaints::add);
        return opened;
    }

    private void signIn(Page at, String user, String password) {
        if (!at.url().startsWith(platform.url().toString())) {
            at.navigate(platform.url().toString());
        }
        at.getByTestId("sign-in-user").fill(user);
        at.getByTestId("sign-in-password").fill(password);
        at.getByTestId("sign-in-submit").click();
        at.getByTestId("map").waitFor();
    }

    private static void awaitLive(Page at) {
        assertThat(at.getByTestId("connection"))
                .hasAttribute(
                        "data-state", "live", new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE_MS));
    }

    private void closeDialog() {
        if (page.getByTestId("exercise-start-pilsen-shots").isVisible()) {
            page.keyboard().press("Escape");
        }
    }

    private void submitIfAsked() {
        if (page.getByTestId("dialog-submit").isVisible()) {
            page.getByTestId("dialog-submit").click();
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static void assertSamePlace(BoundingBox actual, BoundingBox expected) {
        assertThat(List.of(actual.x, actual.y, actual.width, actual.height))
                .isEqualTo(List.of(expected.x, expected.y, expected.width, expected.height));
    }

    private static Path chromium() {
        return Stream.of(Optional.ofNullable(System.getenv("POLIAS_CHROMIUM")), Optional.of("/usr/bin/chromium"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "There is no browser.%nMaybe name one: POLIAS_CHROMIUM=/path/to/chrome".formatted()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
