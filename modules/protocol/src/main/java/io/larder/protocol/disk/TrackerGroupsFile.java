package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// A tracker's `data/storage_groups_new.dat`: what must be known of groups before any storage joins
/// (S2 §6).
///
/// @param groups the groups in name order
public record TrackerGroupsFile(List<Group> groups) {
  private static final String GLOBAL = "Global";
  private static final String KIND = "Group";
  private static final int GROUPS_MAX = 512;

  /// One group.
  ///
  /// @param storagePort -1 when its storages have different ports
  /// @param trunkServer id of the trunk server; empty if none
  public record Group(
      String name,
      int storagePort,
      int storePathCount,
      int subdirCountPerPath,
      int currentTrunkFileId,
      String trunkServer,
      String lastTrunkServer) {}

  public TrackerGroupsFile {
    groups = List.copyOf(groups);
  }

  /// Reads the file.
  ///
  /// @throws MalformedException with the item that is missing or wrong
  public static TrackerGroupsFile parse(String text) {
    Sections sections = Sections.parse(text);
    int count = sections.named(GLOBAL).map(global -> global.int32("group_count")).orElse(0);
    if (count < 0 || count > GROUPS_MAX) {
      throw new MalformedException("group_count: " + count);
    }
    List<Group> groups = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      String section = Sections.numberedName(KIND, i);
      groups.add(
          group(
              sections
                  .named(section)
                  .orElseThrow(() -> new MalformedException(section + ": missing"))));
    }
    return new TrackerGroupsFile(groups);
  }

  private static Group group(KeyValues values) {
    return new Group(
        values.text("group_name"),
        values.int32("storage_port"),
        values.int32("store_path_count"),
        values.int32("subdir_count_per_path"),
        values.int32("current_trunk_file_id", 0),
        values.find("trunk_server").orElse(""),
        values.find("last_trunk_server").orElse(""));
  }

  /// The whole file.
  public String text() {
    StringBuilder text = new StringBuilder(256);
    text.append("[Global]\n\tgroup_count=").append(groups.size()).append("\n\n");
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      text.append("# group: ").append(group.name).append('\n');
      text.append('[').append(Sections.numberedName(KIND, i + 1)).append("]\n");
      text.append("\tgroup_name=").append(group.name).append('\n');
      text.append("\tstorage_port=").append(group.storagePort).append('\n');
      text.append("\tstore_path_count=").append(group.storePathCount).append('\n');
      text.append("\tsubdir_count_per_path=").append(group.subdirCountPerPath).append('\n');
      text.append("\tcurrent_trunk_file_id=").append(group.currentTrunkFileId).append('\n');
      text.append("\ttrunk_server=").append(group.trunkServer).append('\n');
      text.append("\tlast_trunk_server=").append(group.lastTrunkServer).append("\n\n");
    }
    return text.toString();
  }
}
