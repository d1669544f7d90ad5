package io.larder.store.scrub;

/// The check ends early because somebody wished it; what was found until then counts.
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super("stopped", null, false, false);
  }
}
