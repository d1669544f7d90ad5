package io.larder.store.verify;

/// The check ends early because somebody wished it; what was found until then counts.
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped", null, false, false);
  }
}
