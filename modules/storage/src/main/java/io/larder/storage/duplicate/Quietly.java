package io.larder.storage.duplicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back what is given up anyway.
final class Quietly {
  private static final Logger LOGGER = LoggerFactory.getLogger(Quietly.class);

  private Quietly() {}

  static void close(@Nullable AutoCloseable part) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (Exception e) {
      LOGGER.debug("a part of the index could not be given back", e);
    }
  }
}
