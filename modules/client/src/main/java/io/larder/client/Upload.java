package io.larder.client;

import io.larder.client.content.Content;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.GroupName;
import java.util.Map;
import java.util.Optional;

/// A file to store.
///
/// @param content its bytes
/// @param extension the extension of its name, without a dot, up to 6 of `A-Z a-z 0-9 . _ -`
/// @param group the group it must go to; empty lets the tracker choose
/// @param appender whether it can be changed later
/// @param metadata names and values kept beside it; none when empty
public record Upload(
    Content content,
    Extension extension,
    Optional<GroupName> group,
    boolean appender,
    Map<String, String> metadata) {
  public Upload {
    metadata = Map.copyOf(metadata);
  }

  /// A plain file for any group.
  public static Upload of(Content content, String extension) {
    return new Upload(content, Extension.of(extension), Optional.empty(), false, Map.of());
  }

  /// The same into a group.
  public Upload into(String groupName) {
    return new Upload(content, extension, Optional.of(GroupName.of(groupName)), appender, metadata);
  }

  /// The same as an appender file, which can be appended to, modified and truncated.
  public Upload asAppender() {
    return new Upload(content, extension, group, true, metadata);
  }

  /// The same with metadata.
  public Upload with(Map<String, String> values) {
    return new Upload(content, extension, group, appender, values);
  }
}
