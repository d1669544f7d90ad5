package io.larder.server.command;

import io.larder.protocol.fileid.GroupName;
import io.larder.server.node.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `larder rehearse DIR`: starts a node, uploads and downloads a few files, ends. The launcher runs it once after a
/// build, so that the JVM can record what a start needs (AOT cache).
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start a node on free ports, use it once, end it.")
final class RehearseCommand implements Callable<Integer> {
  private static final int ROUNDS = 20;

  @Parameters(paramLabel = "DIR", description = "A scratch folder.")
  private Path scratch = Path.of("rehearsal");

  @Override
  public Integer call() throws Exception {
    try (DataFolder folder = DataFolder.open(scratch)) {
      UpSettings settings =
          new UpSettings(
              folder,
              GroupName.of("group1"),
              freeEndpoint(),
              freeEndpoint(),
              freeEndpoint(),
              List.of(),
              null);
      try (Node node = Node.start(settings.plan(new SecureRandom()));
          HttpClient browser = HttpClient.newHttpClient()) {
        String url = node.httpUrl().orElseThrow();
        for (int i = 0; i < ROUNDS; i++) {
          HttpResponse<String> page = get(browser, url + "/");
          if (page.statusCode() != 200) {
            throw CommandFailure.unavailable("the page answered " + page.statusCode());
          }
          upload(browser, url);
        }
        get(browser, url + "/metrics");
      }
    }
    return ExitCode.OK;
  }

  private static void upload(HttpClient browser, String url) throws Exception {
    HttpRequest put =
        HttpRequest.newBuilder(URI.create(url + "/upload/rehearsal.txt"))
            .timeout(Duration.ofSeconds(10))
            .PUT(BodyPublishers.ofByteArray(new byte[5000]))
            .build();
    HttpResponse<String> stored = browser.send(put, BodyHandlers.ofString());
    if (stored.statusCode() != 201) {
      throw CommandFailure.unavailable(
          "the upload answered " + stored.statusCode() + " " + stored.body());
    }
    String location = stored.headers().firstValue("Location").orElseThrow();
    get(browser, location.startsWith("/") ? url + location : location);
  }

  private static HttpResponse<String> get(HttpClient browser, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10)).build();
    return browser.send(request, BodyHandlers.ofString());
  }

  private static Endpoint freeEndpoint() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Endpoint("127.0.0.1", probe.getLocalPort());
    } catch (IOException e) {
      throw CommandFailure.unavailable("no free port: " + e.getMessage());
    }
  }
}
