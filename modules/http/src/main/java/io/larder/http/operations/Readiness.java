package io.larder.http.operations;

import java.util.List;

/// Whether the node can do its work now. Any thread; answers at once from what is known.
@FunctionalInterface
public interface Readiness {
  /// One thing that must be so.
  ///
  /// @param name what, for example `store` or `tracker`
  /// @param ready whether it is so
  /// @param detail why not, or a fact worth seeing; may be empty
  record Check(String name, boolean ready, String detail) {}

  /// All of them.
  List<Check> checks();
}
