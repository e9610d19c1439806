package dev.stemfleet.worker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stemfleet.fixture.TestSound;
import dev.stemfleet.worker.fleet.FleetExtension;
import dev.stemfleet.worker.fleet.TestFleet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/// A day with the console, clicked through in a real browser over a live fleet. One page is open
/// from the first test to the last and never loaded anew.
@Tag("browser")
@ExtendWith(FleetExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ConsoleBrowserTest {
  private static final String HOSTILE =
      "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>\u202egnp";

  private TestFleet fleet;
  private ServedFleet console;
  private Browser browser;

  @BeforeAll
  void aFleetWithoutWorkers(TestFleet given) throws IOException {
    fleet = given;
    submit("gone", "Gone", 3);
    Files.move(song("gone"), fleet.folder().resolve("kept.wav"));
    console = new ServedFleet(fleet);
    browser = new Browser(fleet.folder().resolve("profile"));
    browser.open(console.link());
    browser.run("window.notLoadedAnew = true");
  }

  @AfterAll
  void close() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (console != null) {
      console.close();
    }
  }

  @Test
  @Order(1)
  void theLinkSignsInAndLeavesNoTokenInTheAddress() {
    browser.awaitText("#sign", "Sign out");
    browser.awaitText("#link", "live");
    assertThat(browser.run("return location.href")).isEqualTo(console.address());
    assertThat(browser.run("return document.cookie")).isEqualTo("");
  }

  @Test
  @Order(2)
  void aBatchAppearsByItselfAndIsCancelledByClicks() {
    submit("unwanted", "Unwanted", 4);
    browser.awaitText("tr[data-batch=unwanted]", "1 queued");

    browser.click("tr[data-batch=unwanted] .actions button", "Cancel");
    browser.awaitText("#ask-dialog", "Cancel the batch?", "unwanted");
    browser.click("#ask-yes", "Cancel batch");

    browser.awaitText("#news", "1 of 1 job had not ended");
    browser.awaitText("tr[data-batch=unwanted]", "1 cancelled");
  }

  @Test
  @Order(3)
  void aTitleThatIsMarkupIsTextAndRunsNothing() {
    submit("hostile", HOSTILE, 5);
    browser.awaitText("tr[data-batch=hostile]", "1 queued");
    browser.awaitText("#job-rows", "<img src=x onerror=window.hacked=1>");

    assertThat(browser.run("return document.querySelectorAll('main img, main script').length"))
        .isEqualTo(0L);
    assertThat(browser.run("return document.body.textContent.includes('\\u202e')"))
        .isEqualTo(false);
    assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
  }

  @Test
  @Order(4)
  void aWorkerComesProgressMovesAndAFailureShowsItsReason() {
    fleet.worker("w1");
    browser.awaitText("[data-worker=w1]", "cpu", "builtin");
    submit("live", "Song of the day", 6);

    browser.awaitText("tr[data-batch=live]", "100 %", "1 done");
    browser.awaitText("tr[data-batch=gone]", "1 failed");
    browser.awaitText("#job-rows", "there is no file");
    browser.awaitText("[data-worker=w1]", "2 done, 1 failed");
    browser.awaitText("#caches", "thumbnail", "%");
    browser.awaitText("#chart-ended", "2 jobs done and 1 failed");
  }

  @Test
  @Order(5)
  void aFailureIsRetriedByAClick() throws IOException {
    Files.move(fleet.folder().resolve("kept.wav"), song("gone"));

    browser.click("tr[data-batch=gone] .actions button", "Retry failed");

    browser.awaitText("#news", "1 job sent again");
    browser.awaitText("tr[data-batch=gone]", "100 %", "1 done");
  }

  @Test
  @Order(6)
  void aVideoPlaysWithItsWaveform() {
    browser.click("#job-rows th button", "Song of the day");
    browser.awaitText("#job-dialog", "Song of the day", "acapella", "LUFS");
    browser.await("sound", () -> is("document.querySelector('video').readyState >= 2"));
    browser.await("waveform", () -> is("document.querySelector('path.wave').hasAttribute('d')"));

    browser.click("#job-dialog .segments span", "drums");
    browser.run("document.querySelector('video').play()");
    browser.await("playing", () -> is("document.querySelector('video').currentTime > 0.3"));
    assertThat(browser.run("return document.querySelector('video').videoWidth")).isEqualTo(1920L);
    browser.run("document.querySelector('video').currentTime = 2");
    browser.await("seeking", () -> is("!document.querySelector('video').seeking"));
    browser.click("#job-dialog button", "Close");
    assertThat(browser.shows("#job-dialog")).isFalse();
  }

  @Test
  @Order(7)
  void theKeyboardIsEnough() {
    browser.run("document.activeElement.blur(); scrollTo(0, 0)");
    browser.press(Keys.TAB);
    for (int i = 0; i < 80 && !is("document.activeElement.matches('#job-rows th button')"); i++) {
      browser.press(Keys.TAB);
    }
    assertThat(is("document.activeElement.matches('#job-rows th button')")).isTrue();
    assertThat(is("getComputedStyle(document.activeElement).outlineStyle === 'solid'")).isTrue();
    browser.press(Keys.ENTER);
    browser.await("dialog", () -> browser.shows("#job-dialog"));
    browser.press(Keys.ESCAPE);
    browser.await("closed dialog", () -> !browser.shows("#job-dialog"));
    assertThat(is("document.activeElement.matches('#job-rows th button')")).isTrue();
  }

  @Test
  @Order(8)
  void nothingBarsPeopleWithOtherSenses() throws IOException {
    try (InputStream axe = ConsoleBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      browser.run(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
    }
    for (String scheme : new String[] {"light", "dark"}) {
      browser.scheme(scheme);
      assertThat(faults()).as(scheme).isEqualTo("");
    }
    browser.size(390, 800);
    assertThat(faults()).as("at a phone's width").isEqualTo("");
    assertThat(is("document.documentElement.scrollWidth <= 390")).isTrue();
    browser.size(1280, 1000);
  }

  @Test
  @Order(9)
  void nothingWasComplainedOfAndNoRequestLeftTheOrigin() throws IOException {
    assertThat(browser.run("return window.notLoadedAnew")).isEqualTo(true);
    assertThat(browser.complaints())
        // Frames are drawn by the packaged worker, which may not be built here.
        .filteredOn(line -> !line.contains("/frames/"))
        .isEmpty();
    assertThat(browser.requests())
        .hasSizeGreaterThan(20)
        .allSatisfy(address -> assertThat(address).startsWith(console.address()));
  }

  @Test
  @Order(10)
  void whoHasSignedOutIsAskedForTheTokenAndAWrongOneIsRefused() {
    browser.click("#sign", "Sign out");
    browser.awaitText("#sign", "Sign in");
    submit("later", "Later", 7);
    browser.awaitText("tr[data-batch=later]", "1 done");

    browser.click("#sign", "Sign in");
    browser.type("#token", "a-wrong-token-0123456789-abc");
    browser.click("#token-form button", "Sign in");
    browser.awaitText("#token-wrong", "not the token");
    browser.click("#token-no", "Not now");
    assertThat(browser.text("#sign")).isEqualTo("Sign in");
  }

  private boolean is(String condition) {
    return Boolean.TRUE.equals(browser.run("return Boolean(" + condition + ")"));
  }

  private String faults() {
    return (String)
        browser.runAsync(
            "const done = arguments[arguments.length - 1];"
                + "axe.run().then((found) => done(found.violations.map((one) => one.id + ': '"
                + " + one.nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | '))"
                + ".join('; ')), (error) => done(String(error)))");
  }

  private Path song(String name) {
    return fleet.music().resolve(name + ".wav");
  }

  private void submit(String batch, String title, long seed) {
    Path wav = TestSound.bursts(6, seed).writeWav(song(batch));
    TestFleet.Said said =
        fleet.stemfleet(
            "submit",
            wav,
            "--job",
            batch,
            "--artist",
            "Ann",
            "--title",
            title,
            "--channels",
            "main");
    assertThat(said.exitCode()).as(said.err()).isZero();
  }
}
