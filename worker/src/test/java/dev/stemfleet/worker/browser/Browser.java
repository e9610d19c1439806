package dev.stemfleet.worker.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/// Debian's Chromium without a screen, with a profile of its own. Fails where there is none.
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--autoplay-policy=no-user-gesture-required",
          "--window-size=1280,1000");

  private final ChromeDriver driver;

  Browser(Path profile) throws IOException {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program("chromium"));
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + Files.createDirectories(profile));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(program("chromedriver"))
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
  }

  private static File program(String name) {
    File file = new File("/usr/bin", name);
    if (!file.canExecute()) {
      throw new AssertionError(
          file + " is missing: apt-get install chromium chromium-driver, or leave this tag out");
    }
    return file;
  }

  void open(String address) {
    driver.get(address);
  }

  Object run(String script) {
    return driver.executeScript(script);
  }

  Object runAsync(String script) {
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    return driver.executeAsyncScript(script);
  }

  String text(String css) {
    return driver.findElement(By.cssSelector(css)).getText();
  }

  boolean shows(String css) {
    return driver.findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
  }

  void type(String css, String text) {
    driver.findElement(By.cssSelector(css)).sendKeys(text);
  }

  /// Clicks the one element that has this text, once it is there.
  void click(String css, String text) {
    await(
        "a button '" + text + "' in " + css,
        () -> {
          for (WebElement element : driver.findElements(By.cssSelector(css))) {
            if (element.isDisplayed() && element.getText().contains(text)) {
              driver.executeScript(
                  "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element);
              element.click();
              return true;
            }
          }
          return false;
        });
  }

  void press(Keys... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  void awaitText(String css, String... texts) {
    await(
        String.join(", ", texts) + " in " + css,
        () ->
            driver.findElements(By.cssSelector(css)).stream()
                .map(WebElement::getText)
                .anyMatch(text -> List.of(texts).stream().allMatch(text::contains)));
  }

  void await(String what, Supplier<Boolean> wanted) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      try {
        if (wanted.get()) {
          return;
        }
      } catch (StaleElementReferenceException e) {
        continue; // The page has changed under our eyes.
      }
      Thread.onSpinWait();
    }
    throw new AssertionError(
        "no " + what + "\n" + driver.findElement(By.tagName("body")).getText());
  }

  /// The colours that are wished for, without movement: what fades is as hard to read as it looks.
  void scheme(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
  }

  /// What the page complained about since this was asked last.
  List<String> complaints() {
    List<String> lines = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        lines.add(entry.getMessage());
      }
    }
    return lines;
  }

  /// Every address that was asked for since this was asked last.
  List<String> requests() throws JsonProcessingException {
    List<String> addresses = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = json.readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        String address = message.at("/params/request/url").asText();
        // The browser's own pages come from the browser, and data from the page itself.
        if (!address.startsWith("chrome") && !address.startsWith("data:")) {
          addresses.add(address);
        }
      }
    }
    return addresses;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
