package io.larder.storage.server;

import io.netty.util.ResourceLeakDetector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Netty's leak detector, which also remembers what it found. The test JVM is told to use it.
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {
  static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

  /// Called by Netty, by reflection.
  public CountingLeakDetector(Class<T> type, int samplingInterval) {
    super(type, samplingInterval);
  }

  /// Called by Netty, by reflection.
  @SuppressWarnings("UnusedVariable") // the signature that Netty looks for
  public CountingLeakDetector(Class<T> type, int samplingInterval, long maxActive) {
    super(type, samplingInterval);
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    FOUND.add(resourceType + records);
    super.reportTracedLeak(resourceType, records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    FOUND.add(resourceType);
    super.reportUntracedLeak(resourceType);
  }
}
