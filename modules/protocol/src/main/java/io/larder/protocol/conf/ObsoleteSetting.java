package io.larder.protocol.conf;

import java.util.Optional;

/// A global key of FastDFS 4.06 to 6.13 that the current one silently ignores; Larder accepts it and
/// says so once.
///
/// @param key the old name
/// @param replacement the setting that takes its value, if there is one
/// @param advice what to do about it
public record ObsoleteSetting(String key, Optional<Setting<?>> replacement, String advice) {

  /// An old name for a setting that lives on.
  public static ObsoleteSetting renamed(String key, Setting<?> to) {
    return new ObsoleteSetting(
        key, Optional.of(to), "its value is taken as " + to + "; write that");
  }

  /// A setting that went away.
  public static ObsoleteSetting gone(String key, String advice) {
    return new ObsoleteSetting(key, Optional.empty(), advice);
  }
}
