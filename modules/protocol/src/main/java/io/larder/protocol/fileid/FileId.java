package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// A file's whole name: `group/` and the logical name. The protocol carries the two apart.
///
/// @param group the group that has the file
/// @param name its name there
public record FileId(GroupName group, LogicalName name) {
  /// Reads `group/Mxx/HH/HH/name`; the group ends at the first slash.
  ///
  /// @throws MalformedException with the part that is wrong
  public static FileId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new MalformedException("file_id: '" + text + "' (group/name needed)");
    }
    return new FileId(
        GroupName.of(text.substring(0, slash)), LogicalName.parse(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return group + "/" + name;
  }
}
