package io.larder.store.trunk;

import java.nio.charset.StandardCharsets;

/// Lines for the trunk binlog that belong together. One owner.
final class LogLines {
  private final long timestamp;
  private final StringBuilder text = new StringBuilder();

  /// @param timestamp epoch seconds, for all of them
  LogLines(long timestamp) {
    this.timestamp = timestamp;
  }

  /// A block left the free space.
  LogLines taken(TrunkSpan span) {
    text.append(span.line(timestamp, false).text());
    return this;
  }

  /// A block is free.
  LogLines freed(TrunkSpan span) {
    text.append(span.line(timestamp, true).text());
    return this;
  }

  /// A block left the free space, and what was not asked for is free again.
  LogLines taken(FreeSpace.Taken taken) {
    taken(taken.whole());
    taken.rest().ifPresent(this::freed);
    return this;
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  byte[] bytes() {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
