package io.larder.http.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Debian's Chromium without a window. It watches that pages ask nobody but their own server and complain of nothing.
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser chromium;

  /// What pages asked for, and what they complained of.
  final List<String> requests = new ArrayList<>();

  final List<String> complaints = new ArrayList<>();

  private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
    this.playwright = playwright;
    this.chromium = chromium;
  }

  static Browser start() {
    if (!Files.isExecutable(CHROMIUM)) {
      throw new IllegalStateException(
          CHROMIUM
              + " is missing: the pages are tested in it. Remedy: apt-get install chromium, or leave the"
              + " integration tests out with -Dquick.");
    }
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    return new Browser(
        playwright,
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setHeadless(true)
                    .setArgs(FLAGS)));
  }

  /// A fresh page for somebody who speaks a language.
  Page page(String locale) {
    return page(
        new com.microsoft.playwright.Browser.NewContextOptions()
            .setLocale(locale)
            .setPermissions(List.of("clipboard-read", "clipboard-write")));
  }

  Page page(com.microsoft.playwright.Browser.NewContextOptions options) {
    BrowserContext context = chromium.newContext(options);
    context.setDefaultTimeout(20_000);
    Page page = context.newPage();
    page.onRequest(request -> requests.add(request.url()));
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      boolean ofRefusal = message.text().contains("the server responded with a status of");
      if (message.type().equals("error") && !ofRefusal) {
        complaints.add(message.text());
      }
    });
    return page;
  }

  @Override
  public void close() {
    chromium.close();
    playwright.close();
  }
}
