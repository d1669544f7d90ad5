package io.larder.http.file;

import java.util.Locale;

/// A content type and what a browser may do with a stranger's file of it.
///
/// @param text the type as it stands in `Content-Type`
/// @param display what a browser may do
public record MediaType(String text, Display display) {
  /// How a browser that opens the URL itself treats the file. As part of a page (`<img>`, `<link>`) nothing changes.
  public enum Display {
    /// Shown: the type can carry no script.
    INLINE,
    /// Shown in a sandbox without scripts, forms and origin.
    SANDBOXED,
    /// Offered for saving.
    ATTACHMENT
  }

  /// Judges a type by its name: what is not known to be harmless is not shown.
  public static MediaType of(String text) {
    int semicolon = text.indexOf(';');
    String type = (semicolon < 0 ? text : text.substring(0, semicolon)).trim();
    return new MediaType(text, display(type.toLowerCase(Locale.ROOT)));
  }

  private static Display display(String type) {
    if (type.equals("text/html") || type.endsWith("+xml") || type.endsWith("/xml")) {
      return Display.SANDBOXED;
    }
    if (type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/")) {
      return Display.INLINE;
    }
    return switch (type) {
      case "text/plain", "application/pdf", "application/json" -> Display.INLINE;
      default -> Display.ATTACHMENT;
    };
  }
}
