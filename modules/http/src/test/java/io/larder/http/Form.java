package io.larder.http;

/// A form, as a browser sends it.
public final class Form {
  /// What stands between the parts.
  public static final String BOUNDARY = "----TestBoundary7MA4YWxk";

  private final StringBuilder parts = new StringBuilder();

  /// Adds a field.
  public Form field(String name, String value) {
    parts.append(
        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
    parts.append(value).append("\r\n");
    return this;
  }

  /// Adds a file; its content is one char per byte.
  public Form file(String filename, String content) {
    parts.append("--" + BOUNDARY + "\r\n");
    parts.append(
        "Content-Disposition: form-data; name=\"file\"; filename=\"" + filename + "\"\r\n");
    parts.append("Content-Type: application/octet-stream\r\n\r\n");
    parts.append(content).append("\r\n");
    return this;
  }

  /// The whole body.
  public String body() {
    return parts + "--" + BOUNDARY + "--\r\n";
  }

  /// The body without its end.
  public String cutBody() {
    return parts.substring(0, parts.length() - 2);
  }

  /// The value of `Content-Type`.
  public String contentType() {
    return "multipart/form-data; boundary=" + BOUNDARY;
  }
}
