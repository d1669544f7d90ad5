package io.larder.store.verify;

import io.larder.store.binlog.BinlogPosition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds out whether places in a log lie between two lines, while the log is read once. One thread.
final class Places {
  /// What is wrong with a place.
  enum Fault {
    NONE("lies between two lines"),
    INSIDE_LINE("lies inside a line"),
    BEHIND_END("lies behind the end of the file"),
    NO_FILE("is in a file that is not there");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private final Map<Integer, List<Long>> wanted = new HashMap<>();
  private final Map<Integer, Long> sizes = new HashMap<>();
  private final Set<BinlogPosition> between = new HashSet<>();
  private final Set<Integer> lost = new HashSet<>();
  private int file;
  private long[] ahead = {};
  private int next;

  /// Wants to know about a place; before its file is read.
  void want(BinlogPosition place) {
    wanted.computeIfAbsent(place.file(), _ -> new ArrayList<>()).add(place.offset());
  }

  /// A file is read from its beginning.
  void begin(int number) {
    file = number;
    ahead = wanted.getOrDefault(number, List.of()).stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(ahead);
    next = 0;
  }

  /// A line begins; in ascending order.
  void line(long offset) {
    while (next < ahead.length && ahead[next] <= offset) {
      if (ahead[next] == offset) {
        between.add(new BinlogPosition(file, offset));
      }
      next++;
    }
  }

  /// The file ends.
  ///
  /// @param size bytes of it, up to the end of the last whole line
  void end(long size) {
    line(size);
    sizes.put(file, size);
  }

  /// A file cannot be read to its end: nothing is known of places in it.
  void lose(int number) {
    lost.add(number);
  }

  /// What is wrong with a place that was wanted; after everything was read.
  Fault fault(BinlogPosition place) {
    if (between.contains(place) || lost.contains(place.file())) {
      return Fault.NONE;
    }
    Long size = sizes.get(place.file());
    if (size == null) {
      return Fault.NO_FILE;
    }
    return place.offset() > size ? Fault.BEHIND_END : Fault.INSIDE_LINE;
  }
}
