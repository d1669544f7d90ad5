package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.SmallFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What the operator lets each store path do, kept in `.larder/path-modes` of the base path: one line `index mode` for
/// each path that is not normal. Any thread.
final class PathModes {
  private static final String NAME = ".larder/path-modes";
  private static final int BYTES_MAX = 64 * 1024;

  private final SmallFile file;
  private final Map<Integer, PathMode> modes = new TreeMap<>(); // guarded by this

  private PathModes(SmallFile file) {
    this.file = file;
  }

  /// @param directory handle of `data` of the base path
  /// @throws IOException when the file cannot be read or understood
  static PathModes read(Disk disk, int directory) throws IOException {
    PathModes modes = new PathModes(new SmallFile(disk, directory, NAME));
    String text =
        modes
            .file
            .read(BYTES_MAX)
            .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
            .orElse("");
    for (String line : text.lines().toList()) {
      modes.take(line);
    }
    return modes;
  }

  private void take(String line) throws IOException {
    String[] fields = line.split(" ", -1);
    try {
      modes.put(Integer.parseInt(fields[0]), PathMode.parse(fields[fields.length - 1]));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          NAME + ": '" + line + "': " + e.getMessage() + ". Remedy: correct or remove the file", e);
    }
  }

  synchronized PathMode of(int index) {
    return modes.getOrDefault(index, PathMode.NORMAL);
  }

  /// Sets one, on disk first.
  synchronized void set(int index, PathMode mode) throws IOException {
    Map<Integer, PathMode> changed = new TreeMap<>(modes);
    changed.put(index, mode);
    StringBuilder text = new StringBuilder();
    changed.forEach((path, value) -> {
      if (value != PathMode.NORMAL) {
        text.append(path).append(' ').append(value.text()).append('\n');
      }
    });
    file.replace(text.toString().getBytes(StandardCharsets.US_ASCII));
    modes.put(index, mode);
  }
}
