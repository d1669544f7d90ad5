package io.larder.http;

import io.larder.transport.server.Connections;
import java.util.concurrent.atomic.LongAdder;

/// What the HTTP role has done since it started. Any thread.
public final class HttpCounters {
  private final Connections connections;
  private final LongAdder downloads = new LongAdder();
  private final LongAdder downloadedBytes = new LongAdder();
  private final LongAdder uploads = new LongAdder();
  private final LongAdder uploadedBytes = new LongAdder();
  private final LongAdder deletes = new LongAdder();
  private final LongAdder refusals = new LongAdder();

  /// @param connections counts the connections of all instances
  public HttpCounters(Connections connections) {
    this.connections = connections;
  }

  /// The connections of all instances, and their limit.
  public Connections connections() {
    return connections;
  }

  /// Counts an answered GET or HEAD of a file.
  ///
  /// @param bytes length of its body
  public void downloaded(long bytes) {
    downloads.increment();
    downloadedBytes.add(bytes);
  }

  /// Counts a stored file.
  ///
  /// @param bytes its size
  public void uploaded(long bytes) {
    uploads.increment();
    uploadedBytes.add(bytes);
  }

  /// Counts a deleted file.
  public void deleted() {
    deletes.increment();
  }

  /// Counts a request about files that was refused.
  public void refused() {
    refusals.increment();
  }

  /// Answered GET and HEAD of files.
  public long downloads() {
    return downloads.sum();
  }

  /// Bytes of files given out.
  public long downloadedBytes() {
    return downloadedBytes.sum();
  }

  /// Files stored.
  public long uploads() {
    return uploads.sum();
  }

  /// Bytes of files stored.
  public long uploadedBytes() {
    return uploadedBytes.sum();
  }

  /// Files deleted.
  public long deletes() {
    return deletes.sum();
  }

  /// Requests about files that were refused.
  public long refusals() {
    return refusals.sum();
  }
}
