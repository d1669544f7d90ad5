package io.larder.http.file;

import io.vertx.core.http.MimeMapping;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;

/// Content types by the extension of the name: what stands behind its last dot, in any case.
///
/// The built-in table is Vert.x's [MimeMapping] (about 950 rows, already on the class path, no file to read at start)
/// with newer types on top. A table of FastDFS (`http.mime_types_filename`) takes its place when one is configured.
public final class ContentTypes {
  private static final int EXTENSION_MAX = 16;

  private static final Map<String, String> NEWER =
      Map.ofEntries(
          Map.entry("webp", "image/webp"),
          Map.entry("avif", "image/avif"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heif"),
          Map.entry("jxl", "image/jxl"),
          Map.entry("apng", "image/apng"),
          Map.entry("jfif", "image/jpeg"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("weba", "audio/webm"),
          Map.entry("opus", "audio/ogg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("woff", "font/woff"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("ttf", "font/ttf"),
          Map.entry("otf", "font/otf"),
          Map.entry("js", "text/javascript"),
          Map.entry("mjs", "text/javascript"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("md", "text/markdown"),
          Map.entry("log", "text/plain"),
          Map.entry("csv", "text/csv"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("xml", "text/xml"),
          Map.entry("xhtml", "application/xhtml+xml"),
          Map.entry("7z", "application/x-7z-compressed"),
          Map.entry("apk", "application/vnd.android.package-archive"));

  private final Map<String, MediaType> byExtension;
  private final MediaType unknown;

  private ContentTypes(Map<String, String> types, String unknown) {
    this.byExtension = new HashMap<>();
    types.forEach((extension, type) -> byExtension.put(extension, MediaType.of(type)));
    this.unknown = MediaType.of(unknown);
  }

  /// The built-in table.
  ///
  /// @param unknown type of a file whose extension it does not have
  public static ContentTypes builtIn(String unknown) {
    var types = new HashMap<String, String>();
    for (Iterator<Map.Entry<String, String>> rows = new MimeMapping().iterate(); rows.hasNext(); ) {
      Map.Entry<String, String> row = rows.next();
      types.put(row.getKey().toLowerCase(Locale.ROOT), row.getValue());
    }
    types.putAll(NEWER);
    return new ContentTypes(types, unknown);
  }

  /// A table in the format of Apache and FastDFS: a type and its extensions per line, `#` begins a comment line.
  ///
  /// @param lines the file
  /// @param unknown type of a file whose extension it does not have
  public static ContentTypes parse(List<String> lines, String unknown) {
    var types = new HashMap<String, String>();
    for (String line : lines) {
      var words = new StringTokenizer(line, " \t\r;");
      if (!line.startsWith("#") && words.hasMoreTokens()) {
        String type = words.nextToken();
        while (words.hasMoreTokens()) {
          types.put(words.nextToken().toLowerCase(Locale.ROOT), type);
        }
      }
    }
    return new ContentTypes(types, unknown);
  }

  /// The type of a file.
  ///
  /// @param name its name, with or without directories
  public MediaType of(String name) {
    int dot = name.lastIndexOf('.');
    int length = name.length() - dot - 1;
    if (dot < 0 || length == 0 || length > EXTENSION_MAX) {
      return unknown;
    }
    String extension = name.substring(dot + 1);
    MediaType found = byExtension.get(extension);
    if (found == null) {
      found = byExtension.get(extension.toLowerCase(Locale.ROOT));
    }
    return found == null ? unknown : found;
  }
}
