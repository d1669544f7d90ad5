package io.larder.tracker.session;

import java.util.concurrent.CompletionStage;

/// What sessions need of the tracker's files.
public interface Archive {
  /// Bytes of the changelog; any thread.
  long changelogSize();

  /// The changelog from an offset on, at most so many bytes.
  CompletionStage<String> changelog(long offset, int bytesMax);

  /// Seconds between the last sign of life of the previous run and this start; 0 on a first run.
  long restartInterval();
}
