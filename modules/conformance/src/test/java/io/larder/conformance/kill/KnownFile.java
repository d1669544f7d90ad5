package io.larder.conformance.kill;

import io.larder.conformance.wire.NameFacts;
import java.util.List;
import java.util.Optional;

/// A file whose name the client knows, and what it may be: one version when all was answered, two while an operation is in doubt.
///
/// Belongs to one client; after its round to the check.
final class KnownFile {
  /// How it came to be.
  enum Kind {
    PLAIN,
    APPENDER,
    SLAVE,
    LINK
  }

  /// Characters of a name in a trunk file.
  static final int PACKED_NAME = 60;

  private final String name;
  private final Kind kind;
  private final Optional<KnownFile> source;
  private List<Version> possible;
  private String inDoubt = "";
  private boolean unlogged;

  /// @param source what a link leads to
  KnownFile(String name, Kind kind, Optional<KnownFile> source, Version now) {
    this.name = name;
    this.kind = kind;
    this.source = source;
    this.possible = List.of(now);
  }

  String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  Optional<KnownFile> source() {
    return source;
  }

  boolean isPacked() {
    return name.length() == PACKED_NAME && NameFacts.of(name).isTrunk();
  }

  /// Whether its content can be changed, as the name says.
  boolean isChangeable() {
    return kind != Kind.LINK && NameFacts.of(name).isAppender();
  }

  /// What it is.
  Version now() {
    if (possible.size() != 1) {
      throw new IllegalStateException(this + " is in doubt");
    }
    return possible.getFirst();
  }

  List<Version> possible() {
    return possible;
  }

  boolean isInDoubt() {
    return possible.size() > 1;
  }

  /// Whether it was there before the operation in doubt.
  boolean wasThere() {
    return !possible.getFirst().isGone();
  }

  /// An operation is going to be sent that makes it this.
  void begins(String operation, Version after) {
    possible = List.of(now(), after);
    inDoubt = operation;
  }

  /// The operation was answered.
  void acknowledged() {
    possible = List.of(possible.getLast());
  }

  /// After the check it is what was found, for good.
  ///
  /// @return whether it may be this
  boolean settles(Version found) {
    boolean allowed = possible.stream().anyMatch(found::sameAs);
    possible = List.of(found);
    return allowed;
  }

  /// It was found whole without a record: nobody was told of it when the node was killed.
  void foundUnlogged() {
    unlogged = true;
  }

  boolean isUnlogged() {
    return unlogged;
  }

  @Override
  public String toString() {
    return kind + " " + name + (isInDoubt() ? " in doubt after " + inDoubt : "") + " " + possible;
  }
}
