package io.larder.http.file;

/// The value of `Content-Disposition` for a name that the client chose (RFC 6266): a plain form for old browsers, in
/// which everything but harmless ASCII is `_`, and the true name in UTF-8 (RFC 8187). Control characters, line breaks
/// among them, are left out of both, and so is everything up to the last slash.
final class Disposition {
  private static final int LENGTH_MAX = 255;

  private Disposition() {}

  /// An attachment.
  ///
  /// @param wanted the name as it was decoded from the URL
  static String attachment(String wanted) {
    String name = clean(PercentText.text(wanted));
    if (name.isEmpty()) {
      return "attachment";
    }
    String ascii = ascii(name);
    String plain = "attachment; filename=\"" + ascii + '"';
    return ascii.equals(name) ? plain : plain + "; filename*=UTF-8''" + PercentText.encode(name);
  }

  private static String clean(String text) {
    String last = text.substring(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
    var out = new StringBuilder(last.length());
    last.codePoints()
        .filter(c -> !Character.isISOControl(c) && !isInvisible(c))
        .limit(LENGTH_MAX)
        .forEach(out::appendCodePoint);
    String name = out.toString().strip();
    return name.equals(".") || name.equals("..") ? "" : name;
  }

  /// Marks that turn the order of letters around (`gpj.exe`), and halves of characters.
  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }

  private static String ascii(String name) {
    var out = new StringBuilder(name.length());
    name.codePoints().forEach(c -> out.append(c < 32 || c > 126 || isSpecial(c) ? '_' : (char) c));
    return out.toString();
  }

  private static boolean isSpecial(int c) {
    return c == '"' || c == '\\' || c == '%' || c == ';';
  }
}
