package io.larder.conformance.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The HTTP side of a node as a plain client sees it.
public final class Web implements AutoCloseable {
  private static final Pattern FILE_ID = Pattern.compile("\"fileId\"\\s*:\\s*\"([^\"]+)\"");

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;

  public Web(String base) {
    this.base = base;
  }

  /// Uploads by raw PUT and returns the file id.
  ///
  /// @throws IOException when the answer is not 201 or does not come
  public String put(String name, byte[] bytes) throws IOException {
    HttpResponse<String> answer = tryPut(name, bytes);
    if (answer.statusCode() != 201) {
      throw new IOException("PUT answered " + answer.statusCode() + " " + answer.body());
    }
    Matcher id = FILE_ID.matcher(answer.body());
    if (!id.find()) {
      throw new IOException("no fileId in " + answer.body());
    }
    return id.group(1);
  }

  /// Uploads by raw PUT, whatever becomes of it.
  public HttpResponse<String> tryPut(String name, byte[] bytes) throws IOException {
    return send(
        request("/upload/" + name).PUT(BodyPublishers.ofByteArray(bytes)), BodyHandlers.ofString());
  }

  /// Downloads by file URL.
  public HttpResponse<byte[]> get(String fileId) throws IOException {
    return send(request("/" + fileId).GET(), BodyHandlers.ofByteArray());
  }

  /// Downloads a page or another text.
  public HttpResponse<String> text(String path) throws IOException {
    return send(request(path).GET(), BodyHandlers.ofString());
  }

  /// Deletes by file URL; the status of the answer.
  public int delete(String fileId) throws IOException {
    return send(request("/" + fileId).DELETE(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
  }

  private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      return client.send(request.build(), body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
