package io.larder.conformance.kill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// How the node is set in one round. All rounds share one folder, so each must get on with what the others left.
final class RoundSettings {
  private static final List<String> LEVELS = List.of("none", "group", "each");

  private RoundSettings() {}

  /// Settings as variables of the environment.
  static Map<String, String> draw(Random random) {
    Map<String, String> settings = new HashMap<>();
    settings.put("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4");
    settings.put("LARDER_DURABILITY_LEVEL", LEVELS.get(random.nextInt(LEVELS.size())));
    settings.put("LARDER_DURABILITY_CHECKPOINT", random.nextBoolean() ? "1" : "30");
    settings.put("LARDER_TRACKER_USE_TRUNK_FILE", Boolean.toString(random.nextInt(4) > 0));
    settings.put("LARDER_TRACKER_SLOT_MAX_SIZE", "64KB");
    settings.put("LARDER_TRACKER_TRUNK_FILE_SIZE", "4MB");
    settings.put("LARDER_TRACKER_TRUNK_ALLOC_ALIGNMENT_SIZE", random.nextBoolean() ? "0" : "64");
    for (String name : List.of("TRUNK_INIT_CHECK_OCCUPYING", "TRUNK_INIT_RELOAD_FROM_BINLOG")) {
      settings.put("LARDER_TRACKER_" + name, Boolean.toString(random.nextBoolean()));
    }
    return settings;
  }
}
