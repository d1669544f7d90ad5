package io.larder.storage.event;

/// Where the storage role publishes on the event bus.
public final class Addresses {
  /// A store path may do more or less than before: [io.larder.store.PathEvent].
  public static final String PATH_EVENTS = "larder.storage.path";

  private Addresses() {}
}
