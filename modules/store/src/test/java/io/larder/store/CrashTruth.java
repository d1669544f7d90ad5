package io.larder.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What a client knows of its files: of each name, what may be found there after everything has ended.
final class CrashTruth {
  /// What is found under a name that leads nowhere.
  static final String GONE = "status 2";

  /// What may be found under one name.
  static final class Entry {
    private final List<String> allowed = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private boolean promised = true;

    private Entry(String content) {
      allowed.add(content);
      seen.add(content);
    }

    /// The contents that it may have.
    List<String> allowed() {
      return allowed;
    }

    /// Every content it was to have at some time, the oldest first.
    List<String> seen() {
      return seen;
    }

    /// Whether what was acknowledged was promised to survive a power cut.
    boolean isPromised() {
      return promised;
    }
  }

  private final Map<String, Entry> files = new LinkedHashMap<>();
  private final Map<String, Entry> metadata = new LinkedHashMap<>();
  private final Map<String, String> links = new LinkedHashMap<>();
  private final Durability level;

  CrashTruth(Durability level) {
    this.level = level;
  }

  /// Whether what is acknowledged now is promised to survive a power cut.
  boolean isPromised() {
    return level != Durability.NONE;
  }

  Map<String, Entry> files() {
    return files;
  }

  Map<String, Entry> metadata() {
    return metadata;
  }

  Set<String> names() {
    return files.keySet();
  }

  /// What a file has in it as far as the client knows.
  String content(String name) {
    return requireNonNull(files.get(name)).allowed.getLast();
  }

  /// A name that leads to a file by another name of it.
  void link(String name, String target) {
    links.put(name, target);
  }

  /// The names that lead to a file by another name of it and are known to.
  List<String> linksTo(String target) {
    return links.entrySet().stream()
        .filter(link -> link.getValue().equals(target) && files.containsKey(link.getKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Something that was made durable before.
  void certain(String name, String content) {
    files.put(name, new Entry(content));
  }

  void certainMetadata(String name, String items) {
    metadata.put(name, new Entry(items));
  }

  /// A file was asked to become something, whatever it was.
  ///
  /// @param acknowledged whether the store said that it has
  void file(String name, String after, boolean acknowledged) {
    note(files, name, _ -> after, acknowledged);
  }

  /// A file was asked to be changed.
  ///
  /// @param change what becomes of its content
  void change(String name, UnaryOperator<String> change, boolean acknowledged) {
    note(files, name, content -> content.equals(GONE) ? GONE : change.apply(content), acknowledged);
  }

  /// A file was asked to take another name.
  void rename(String from, String to) {
    Entry entry = files.computeIfAbsent(to, _ -> new Entry(GONE));
    entry.allowed.clear();
    entry.allowed.addAll(requireNonNull(files.get(from)).allowed);
    entry.seen.addAll(requireNonNull(files.get(from)).seen);
    entry.promised &= isPromised();
  }

  void metadata(String name, String after, boolean acknowledged) {
    note(metadata, name, _ -> after, acknowledged);
  }

  private void note(
      Map<String, Entry> in, String name, UnaryOperator<String> change, boolean acknowledged) {
    Entry entry = in.computeIfAbsent(name, _ -> new Entry(GONE));
    List<String> after = entry.allowed.stream().map(change).distinct().toList();
    if (acknowledged) {
      entry.allowed.clear();
    }
    entry.allowed.addAll(after);
    entry.seen.addAll(after);
    entry.promised &= isPromised();
  }
}
