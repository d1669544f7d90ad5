package io.larder.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// HTTP/1.1 by hand over one connection, so that a test can send what no client library would.
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private RawHttp(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = in;
  }

  /// An answer.
  ///
  /// @param status its status
  /// @param headers its header lines, as they came
  /// @param content its body, one char per byte
  public record Answer(int status, List<String> headers, String content) {
    /// The value of a header; empty text when there is none.
    public String header(String name) {
      String prefix = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
          .map(line -> line.substring(prefix.length()).trim())
          .findFirst()
          .orElse("");
    }

    /// The body as an object.
    public JsonObject json() {
      return new JsonObject(utf8());
    }

    /// The body as an array.
    public JsonArray array() {
      return new JsonArray(utf8());
    }

    private String utf8() {
      return new String(content.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
  }

  static RawHttp to(String host, int port) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      return new RawHttp(socket, new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends text, one byte per char.
  public RawHttp send(String text) {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends bytes.
  public RawHttp send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends bytes until all are sent or the server has had enough.
  ///
  /// @return whether all were sent
  public boolean trySend(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  /// Sends a request without a body.
  ///
  /// @param headers whole lines
  public RawHttp request(String method, String target, String... headers) {
    return request(method, target, "", headers);
  }

  private RawHttp request(String method, String target, String body, String... headers) {
    var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return send(head + "\r\n" + body);
  }

  /// Asks for a target and reads the answer.
  public Answer get(String target, String... headers) {
    return request("GET", target, headers).answer();
  }

  /// Asks for the head of a target.
  public Answer head(String target, String... headers) {
    return request("HEAD", target, headers).answer(true);
  }

  /// Sends a body with its length.
  public Answer put(String target, String body, String... headers) {
    return body("PUT", target, body, headers);
  }

  /// Sends a body with its length.
  public Answer body(String method, String target, String body, String... headers) {
    String[] all = new String[headers.length + 1];
    System.arraycopy(headers, 0, all, 1, headers.length);
    all[0] = "Content-Length: " + body.length();
    return request(method, target, body, all).answer();
  }

  /// Sends a form.
  public Answer form(String target, Form form) {
    return body("POST", target, form.body(), "Content-Type: " + form.contentType());
  }

  /// Reads the next answer.
  public Answer answer() {
    return answer(false);
  }

  private Answer answer(boolean onlyHead) {
    try {
      String statusLine = line().orElseThrow(() -> new IOException("no answer: closed"));
      List<String> headers = new ArrayList<>();
      for (String line = line().orElse(""); !line.isEmpty(); line = line().orElse("")) {
        headers.add(line);
      }
      int status = Integer.parseInt(statusLine.substring(9, 12));
      Answer head = new Answer(status, headers, "");
      boolean empty = onlyHead || status == 304 || status == 204 || status < 200;
      return wellFormed(empty ? head : new Answer(status, headers, content(head)), empty);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every error has the same form, whatever it is about; only readiness is a report of its own.
  private static Answer wellFormed(Answer answer, boolean empty) {
    String type = answer.header("Content-Type");
    if (answer.status() < 400 || (answer.status() == 503 && type.equals("application/json"))) {
      return answer;
    }
    if (!type.equals("application/problem+json")) {
      throw new AssertionError("an error without its form: " + answer);
    }
    if (!empty) {
      JsonObject problem = answer.json();
      boolean whole =
          problem.getInteger("status") == answer.status()
              && problem.getString("type").equals("about:blank")
              && !problem.getString("title").isBlank()
              && !problem.getString("detail").isBlank()
              && problem.containsKey("errno") == problem.containsKey("errnoName");
      if (!whole) {
        throw new AssertionError("an error without its fields: " + problem);
      }
    }
    return answer;
  }

  /// Reads the head of an answer and leaves its body.
  public int readHead() {
    return answer(true).status();
  }

  private String content(Answer head) throws IOException {
    if (head.header("Transfer-Encoding").equals("chunked")) {
      var all = new StringBuilder();
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        all.append(bytes(size));
        line();
      }
      line();
      return all.toString();
    }
    String length = head.header("Content-Length");
    return length.isEmpty()
        ? new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
        : bytes(Integer.parseInt(length));
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().orElse("0"), 16);
  }

  private String bytes(int count) throws IOException {
    byte[] read = in.readNBytes(count);
    if (read.length < count) {
      throw new IOException("closed after " + read.length + " of " + count + " bytes");
    }
    return new String(read, StandardCharsets.ISO_8859_1);
  }

  private Optional<String> line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return Optional.empty();
      }
      bytes.write(b);
    }
    String line = bytes.toString(StandardCharsets.ISO_8859_1);
    return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
  }

  /// Whether the server closes the connection without sending more.
  public boolean isClosedByServer() {
    try {
      return in.read() < 0;
    } catch (java.net.SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true; // a reset is an end as well
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
