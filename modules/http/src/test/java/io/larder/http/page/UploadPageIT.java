package io.larder.http.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import io.larder.http.HttpRig;
import io.larder.http.RawHttp;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadPageIT {
  private static Browser browser;

  @TempDir Path folder;
  private HttpRig rig;

  @BeforeAll
  static void startBrowser() {
    setDefaultAssertionTimeout(20_000);
    browser = Browser.start();
  }

  @AfterAll
  static void stopBrowser() {
    browser.close();
  }

  @BeforeEach
  void open() {
    rig = HttpRig.open(folder);
    browser.requests.clear();
    browser.complaints.clear();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aPickedPictureIsUploadedAndShownWithItsLink() {
    Page page = visit("en-US");

    pick(page, new FilePayload("photo.png", "image/png", picture()));

    Locator row = page.locator(".file");
    Locator link = row.locator("a.link");
    assertThat(link).hasText(Pattern.compile(base() + "/group1/M00/\\S+\\.png"));
    assertThat(row.locator(".name")).hasText("photo.png");
    assertThat(row.locator(".thumb img")).isVisible();
    await()
        .until(() -> page.evaluate("document.querySelector('.thumb img').naturalWidth").equals(8));
    assertThat(served(link.getAttribute("href"))).isEqualTo(picture().length);
    assertNoStrangersAndNoComplaints();
  }

  @Test
  void severalDroppedFilesAreUploadedEachWithItsOwnLink() {
    Page page = visit("en-US");
    JSHandle dropped =
        page.evaluateHandle(
            "() => { const t = new DataTransfer();"
                + " t.items.add(new File(['first'], 'a.txt'));"
                + " t.items.add(new File([''], 'empty.txt'));"
                + " t.items.add(new File(['third'], '照片.txt')); return t; }");

    page.dispatchEvent("#drop", "dragover", Map.of("dataTransfer", dropped));
    assertThat(page.locator("#drop")).hasClass(Pattern.compile("over"));
    page.dispatchEvent("#drop", "drop", Map.of("dataTransfer", dropped));

    assertThat(page.locator(".file a.link:visible")).hasCount(3);
    assertThat(page.locator(".file .name")).hasText(new String[] {"照片.txt", "empty.txt", "a.txt"});
    assertThat(page.locator("#drop")).not().hasClass(Pattern.compile("over"));
    assertThat(rig.storedFiles()).hasSize(3);
    assertNoStrangersAndNoComplaints();
  }

  @Test
  void progressIsShownAndAnUploadCanBeCancelled() {
    Page page = visit("en-US");
    CDPSession network = page.context().newCDPSession(page);
    limitUploads(network, 200_000);

    pick(page, new FilePayload("big.bin", "application/octet-stream", new byte[4_000_000]));

    Locator row = page.locator(".file");
    page.waitForCondition(() -> {
      Object value = page.evaluate("document.querySelector('.file progress').value");
      return ((Number) value).doubleValue() > 0 && ((Number) value).doubleValue() < 100;
    });
    assertThat(row.locator(".detail")).hasText(Pattern.compile("3\\.8 MB · \\d+ %"));
    row.getByText("Cancel").click();
    assertThat(row.locator(".detail")).hasText(Pattern.compile("Cancelled"));
    assertThat(row.getByText("Try again")).isVisible();

    limitUploads(network, -1);
    row.getByText("Try again").click();
    assertThat(row.locator("a.link")).isVisible();
    assertThat(rig.storedFiles()).hasSize(1);
  }

  @Test
  void theLinkIsCopied() {
    Page page = visit("en-US");
    pick(page, text("a.txt", "x"));
    Locator row = page.locator(".file");

    row.getByText("Copy link").click();

    assertThat(row.getByText("Copied")).isVisible();
    assertThat(page.evaluate("navigator.clipboard.readText()"))
        .isEqualTo(row.locator("a.link").getAttribute("href"));
  }

  @Test
  void theLanguageIsTheBrowsersAndCanBeSwitched() {
    Page page = visit("zh-CN");
    assertThat(page.locator("h1")).hasText("放进文件，拿到链接");
    assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
    pick(page, text("a.txt", "x"));
    assertThat(page.locator(".file").getByText("复制链接")).isVisible();

    page.getByText("English").click();

    assertThat(page.locator("h1")).hasText("Put files in, get links out");
    assertThat(page.locator(".file").getByText("Copy link")).isVisible();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    page.reload();
    assertThat(page.locator("h1")).hasText("Put files in, get links out");
  }

  @Test
  void theListOutlivesAReload() {
    Page page = visit("en-US");
    pick(page, text("a.txt", "x"));
    assertThat(page.locator(".file a.link")).isVisible();

    page.reload();

    assertThat(page.locator(".file .name")).hasText("a.txt");
    page.getByText("Clear list").click();
    assertThat(page.locator(".file")).hasCount(0);
    assertThat(page.locator("#empty")).isVisible();
  }

  @Test
  void aRefusalIsShownInWordsOfTheServerOrInChinese() {
    HttpRig.Plan small = new HttpRig.Plan().uploadBytesMax(-1_000_000);
    try (HttpRig strict = HttpRig.open(folder.resolve("small"), small)) {
      Page page = browser.page("en-US");
      page.navigate("http://localhost:" + strict.port() + "/");

      pick(page, new FilePayload("big.bin", "application/octet-stream", new byte[60_000]));

      Locator row = page.locator(".file");
      assertThat(row.locator(".detail")).hasText(Pattern.compile("max_upload_size"));
      assertThat(row.getByText("Try again")).isVisible();
      page.getByText("中文").click();
      assertThat(row.locator(".detail")).hasText("未保存：文件超过大小限制");
      assertThat(strict.storedFiles()).isEmpty();
    }
  }

  @Test
  void aServerThatIsGoneIsSaid() {
    Page page = visit("en-US");
    rig.close();

    pick(page, text("a.txt", "x"));

    assertThat(page.locator(".file .detail"))
        .hasText(Pattern.compile("The server could not be reached"));
    rig = HttpRig.open(folder.resolve("again"));
  }

  @Test
  void fingersAreNotToldToDropFiles() {
    Page page =
        browser.page(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale("en-US")
                .setViewportSize(390, 800)
                .setHasTouch(true)
                .setIsMobile(true));
    page.navigate(base() + "/");

    assertThat(page.locator("#drop strong")).hasText("Tap to choose files");
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  @Test
  void everythingIsReachedByTheKeyboardAndHasAName() {
    Page page = visit("en-US");
    pick(page, text("a.txt", "x"));
    assertThat(page.locator(".file a.link")).isVisible();

    page.locator("body").press("Tab");
    assertThat(page.locator(".brand")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.locator("#language")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.locator("#picker")).isFocused();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Copy link"))).isVisible();
    assertThat(page.getByRole(AriaRole.BUTTON, named("Clear list"))).isVisible();
    assertThat(page.locator("#picker")).hasAccessibleName(Pattern.compile("Drop files here"));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private Page visit(String locale) {
    Page page = browser.page(locale);
    page.navigate(base() + "/");
    return page;
  }

  private String base() {
    return "http://localhost:" + rig.port();
  }

  private static void pick(Page page, FilePayload file) {
    page.locator("#picker").setInputFiles(file);
  }

  private static FilePayload text(String name, String content) {
    return new FilePayload(name, "text/plain", content.getBytes(StandardCharsets.UTF_8));
  }

  private static void limitUploads(CDPSession network, int bytesPerSecond) {
    JsonObject conditions = new JsonObject();
    conditions.addProperty("offline", false);
    conditions.addProperty("latency", 0);
    conditions.addProperty("downloadThroughput", -1);
    conditions.addProperty("uploadThroughput", bytesPerSecond);
    network.send("Network.emulateNetworkConditions", conditions);
  }

  private int served(String url) {
    try (RawHttp http = rig.connect()) {
      return http.get(url.substring(base().length())).content().length();
    }
  }

  private void assertNoStrangersAndNoComplaints() {
    assertThat(browser.requests)
        .isNotEmpty()
        .allMatch(url -> url.startsWith(base()) || url.startsWith("blob:" + base()));
    assertThat(browser.complaints).isEmpty();
  }

  private static byte[] picture() {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
