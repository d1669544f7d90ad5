package io.larder.protocol.fileid;

/// How the hidden sources of links are told from all other files: by the last characters of their names
/// (`docs/on-disk-format.md`).
///
/// No client can ask for such a name, because `~` is allowed in no extension and no prefix; and FastDFS makes none,
/// because its names end in seven digits or in a dot and an extension.
public final class SourceNames {
  private static final String TAIL = "~src";
  private static final int DIGITS = 3;

  private SourceNames() {}

  /// The name of a source.
  ///
  /// @param fresh a new name without extension
  public static LogicalName of(LogicalName fresh) {
    String text = fresh.text();
    return new LogicalName(text.substring(0, text.length() - TAIL.length()) + TAIL);
  }

  /// Whether a logical name is that of a source.
  public static boolean matches(String name) {
    int length = name.length();
    boolean formed = length == FileFacts.PLAIN_LENGTH || length == FileFacts.TRUNK_LENGTH;
    return formed && isTail(name, length - FileFacts.TAIL);
  }

  /// Whether the last seven characters of a name, as a slot's header has them, are those of a source.
  public static boolean isTail(String tail) {
    return tail.length() == FileFacts.TAIL && isTail(tail, 0);
  }

  /// Whether the last characters of a name are those of a source.
  ///
  /// @param at where they begin
  static boolean isTail(String name, int at) {
    for (int i = at; i < at + DIGITS; i++) {
      if (!NameCharacters.isDigit(name.charAt(i))) {
        return false;
      }
    }
    return name.startsWith(TAIL, at + DIGITS);
  }
}
