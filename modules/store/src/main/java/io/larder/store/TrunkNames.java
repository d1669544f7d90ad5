package io.larder.store;

import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;

/// Tells names of files in trunk slots, which are never looked up as files of their own (S1 §4 check 4).
final class TrunkNames {
  private static final int LENGTH = 60;
  private static final int LENGTH_WITHOUT_PATH = 56;

  private TrunkNames() {}

  static boolean matches(LogicalName name) {
    int length = name.text().length();
    return (length == LENGTH || length == LENGTH_WITHOUT_PATH) && RoutingFacts.of(name).isTrunk();
  }
}
