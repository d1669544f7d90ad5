package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a storage keeps files.
///
/// @param paths its store paths, in the order of the numbers in file names (`M00` is the first)
/// @param subdirs how many folders each of the two levels has
/// @param distribution how the folder of a new file is found
/// @param rotateCount how many files go to a folder before the next one, for [Distribution#ROTATE]
public record StoreLayout(
    List<StorePath> paths, int subdirs, Distribution distribution, int rotateCount) {

  /// One store path.
  ///
  /// @param folder the folder, without a slash at its end
  /// @param readOnly whether no new file goes there
  public record StorePath(String folder, boolean readOnly) {}

  /// How the folder of a new file is found.
  public enum Distribution {
    ROTATE(0),
    HASH(1);

    private final int code;

    Distribution(int code) {
      this.code = code;
    }

    /// The number in the conf file.
    public int code() {
      return code;
    }
  }

  /// Most store paths; a file name has two hexadecimal digits for the number.
  static final int PATHS_MAX = 256;

  static final Setting<Integer> STORE_PATH_COUNT =
      Setting.of("store_path_count", ValueType.integer(1, PATHS_MAX))
          .orElse("1")
          .means("How many store paths there are.");
  static final Setting<String> STORE_PATH =
      Setting.of("store_path#", ValueType.PATH)
          .orElseMeaning("store_path0: base_path; the others are required")
          .means("Folder of store path number #.");
  static final Setting<Boolean> READONLY =
      Setting.of("store_path#_readonly", ValueType.BOOL)
          .orElse("false")
          .since("6.13")
          .means("No new files in store path number #.");
  static final Setting<Integer> SUBDIR_COUNT =
      Setting.of("subdir_count_per_path", ValueType.integer(1, 256))
          .orElse("256")
          .means("Folders on each of the two levels of a store path.");
  static final Setting<Distribution> DISTRIBUTE_MODE =
      Setting.of(
              "file_distribute_path_mode",
              ValueType.numbered(Distribution.class, Distribution::code))
          .orElse("0")
          .means("Folder of a new file: 0 one after the other, 1 by a hash of its name.");
  static final Setting<Integer> ROTATE_COUNT =
      Setting.of("file_distribute_rotate_count", ValueType.integer(1, Integer.MAX_VALUE))
          .orElse("100")
          .means("With mode 0: so many files go to a folder before the next one.");

  static final List<Setting<?>> ROWS =
      List.of(STORE_PATH_COUNT, STORE_PATH, READONLY, SUBDIR_COUNT, DISTRIBUTE_MODE, ROTATE_COUNT);

  public StoreLayout {
    paths = List.copyOf(paths);
  }

  static StoreLayout read(EffectiveSettings in, String basePath) {
    List<String> folders = folders(in, STORE_PATH_COUNT, STORE_PATH, Optional.of(basePath));
    var paths = new ArrayList<StorePath>();
    for (int i = 0; i < folders.size(); i++) {
      paths.add(new StorePath(folders.get(i), in.get(READONLY.at(i))));
    }
    return new StoreLayout(
        paths, in.get(SUBDIR_COUNT), in.get(DISTRIBUTE_MODE), in.get(ROTATE_COUNT));
  }

  /// The folders 0 to count - 1, all different.
  static List<String> folders(
      EffectiveSettings in,
      Setting<Integer> count,
      Setting<String> folder,
      Optional<String> first) {
    int number = in.get(count);
    var folders = new ArrayList<String>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < number; i++) {
      Setting<String> one = folder.at(i);
      Optional<String> given = in.find(one);
      if (given.isEmpty() && i == 0) {
        given = first;
      }
      String path =
          given.orElseThrow(
              () -> in.refused(one, count.key() + " = " + number + " needs it", "a path"));
      if (!seen.add(path)) {
        throw in.refused(one, "two store paths are the same folder", "a folder of its own");
      }
      folders.add(path);
    }
    if (in.value(folder.at(number)).isSet()) {
      in.warn(folder.at(number), "not used because " + count.key() + " = " + number);
    }
    return folders;
  }
}
