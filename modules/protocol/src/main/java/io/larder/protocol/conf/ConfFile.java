package io.larder.protocol.conf;

import java.io.IOException;
import java.util.List;

/// A conf file as it was read: its items in order, includes and directives carried out.
///
/// Immutable. What was strange but readable is in [#warnings()].
public final class ConfFile {
  private final String name;
  private final List<ConfItem> items;
  private final List<ConfProblem> warnings;

  ConfFile(String name, List<ConfItem> items, List<ConfProblem> warnings) {
    this.name = name;
    this.items = List.copyOf(items);
    this.warnings = List.copyOf(warnings);
  }

  /// Reads a file and all that it includes.
  ///
  /// @throws ConfException when a file cannot be read or must not be included
  public static ConfFile read(ConfSource source, String file) {
    return new ConfReader(source, file).read();
  }

  /// Reads text that did not come from a file, for example a tracker's answer with its parameters.
  /// An include in it is refused, and no address of this host matches.
  ///
  /// @param name how the text is called in messages
  public static ConfFile ofText(String name, String text) {
    return read(new TextOnly(name, text), name);
  }

  /// The absence of a file: everything comes from elsewhere.
  public static ConfFile none() {
    return new ConfFile("(no file)", List.of(), List.of());
  }

  /// The name of the outermost file.
  public String name() {
    return name;
  }

  /// All items in reading order.
  public List<ConfItem> items() {
    return items;
  }

  /// The items of one key in reading order; the global section is the empty text.
  public List<ConfItem> items(String section, String key) {
    return items.stream()
        .filter(item -> item.section().equals(section) && item.key().equals(key))
        .toList();
  }

  /// Directives, lines and lengths that were accepted with a shrug.
  public List<ConfProblem> warnings() {
    return warnings;
  }

  /// A source that knows one text and no host.
  private record TextOnly(String name, String text) implements ConfSource {
    @Override
    public String resolve(String outermost, String file) {
      return file;
    }

    @Override
    public String read(String file) throws IOException {
      if (file.equals(name)) {
        return text;
      }
      throw new IOException("a text without a file cannot include another file");
    }

    @Override
    public List<String> localAddresses() {
      return List.of();
    }

    @Override
    public String hostName() {
      return "";
    }

    @Override
    public List<String> addressesOf(String host) {
      return List.of();
    }
  }
}
