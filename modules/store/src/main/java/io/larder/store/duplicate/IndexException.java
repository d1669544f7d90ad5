package io.larder.store.duplicate;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The index of duplicates cannot be used.
public final class IndexException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean damaged;

  /// @param message what was tried and why it failed
  /// @param damaged whether what it keeps cannot be believed any more
  public IndexException(String message, boolean damaged, @Nullable Throwable cause) {
    super(message, cause);
    this.damaged = damaged;
  }

  /// Whether what it keeps cannot be believed any more, so that it must be built anew.
  public boolean isDamaged() {
    return damaged;
  }
}
