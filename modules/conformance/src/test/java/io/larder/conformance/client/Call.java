package io.larder.conformance.client;

/// What an application can want of a native client and what not every client can do.
public enum Call {
  /// Command 38.
  REGENERATE("make an appender a plain file (38)"),
  /// Command 36 with another size than 0.
  TRUNCATE_TO_SIZE("truncate a file to a size other than 0 (36)"),
  /// Commands 90 and 91.
  LIST_GROUPS("list groups"),
  /// Command 92.
  LIST_STORAGES("list storages"),
  /// Commands 106 and 107.
  ALL_STORES("ask for all storages that take files (106, 107)"),
  /// Command 105.
  ALL_SOURCES("ask for all storages that have a file (105)"),
  /// A file without an extension.
  NO_EXTENSION("upload without an extension"),
  /// A slave without an extension.
  SLAVE_WITHOUT_EXTENSION("upload a slave without an extension"),
  /// A slave without a prefix.
  SLAVE_WITHOUT_PREFIX("send a slave without a prefix"),
  /// A slave whose name is that of its master's metadata.
  SLAVE_NAMED_AS_METADATA("send a slave under the name of metadata"),
  /// Overwriting or merging with nothing.
  NO_METADATA("set empty metadata"),
  /// Names or values over the limits.
  LONG_METADATA("send names and values of metadata that are too long"),
  /// File names that break the form.
  MALFORMED_NAME("send malformed file names"),
  /// Group names that break the form.
  MALFORMED_GROUP("send malformed group names"),
  /// A group name of no letters.
  BLANK_GROUP("send blank group names"),
  /// Ranges that cannot be.
  NEGATIVE_RANGE("send negative offsets and counts"),
  /// Extensions or prefixes with other characters.
  ODD_EXTENSION("send extensions and prefixes with forbidden characters");

  private final String told;

  Call(String told) {
    this.told = told;
  }

  /// What the call is for, as the documents say it.
  public String told() {
    return told;
  }
}
