package io.larder.platform;

/// Time that only goes forward, for measuring and waiting.
@FunctionalInterface
public interface Ticker {
  /// Nanoseconds since a moment that means nothing.
  long nanos();

  /// The system's ticker.
  static Ticker system() {
    return System::nanoTime;
  }
}
