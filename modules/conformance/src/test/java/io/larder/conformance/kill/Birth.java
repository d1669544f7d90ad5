package io.larder.conformance.kill;

import java.util.Optional;

/// A file that was asked for and whose name the node has not told yet.
final class Birth {
  private final KnownFile.Kind kind;
  private final byte[] content;
  private final Optional<KnownFile> from;

  /// @param from the appender that becomes a plain file, or what a link leads to
  Birth(KnownFile.Kind kind, byte[] content, Optional<KnownFile> from) {
    this.kind = kind;
    this.content = content;
    this.from = from;
  }

  KnownFile.Kind kind() {
    return kind;
  }

  byte[] content() {
    return content;
  }

  /// The appender that is gone exactly when this file is there.
  Optional<KnownFile> replaced() {
    return kind == KnownFile.Kind.LINK ? Optional.empty() : from;
  }

  KnownFile named(String name) {
    Optional<KnownFile> source = kind == KnownFile.Kind.LINK ? from : Optional.empty();
    return new KnownFile(name, kind, source, Version.of(content));
  }

  @Override
  public String toString() {
    return kind + " " + Version.of(content);
  }
}
