package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.List;

/// Puts the rows of several features into one list.
final class Rows {
  private Rows() {}

  @SafeVarargs
  static <E> List<E> of(List<? extends E>... parts) {
    var all = new ArrayList<E>();
    for (List<? extends E> part : parts) {
      all.addAll(part);
    }
    return List.copyOf(all);
  }
}
