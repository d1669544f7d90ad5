package io.larder.conformance.wire;

import java.nio.charset.StandardCharsets;

/// Right requests to a storage, put together by hand.
///
/// @param group the group of the files that they name
public record StorageRequests(String group) {
  /// Lets the storage choose the store path.
  public static final int ANY_PATH = -1;

  /// A new plain file.
  public static Frame upload(int storePath, byte[] content, String extension) {
    return head(Commands.UPLOAD_FILE, storePath, content.length, extension).bytes(content);
  }

  /// A new file that can be changed.
  public static Frame uploadAppender(int storePath, byte[] content, String extension) {
    return head(Commands.UPLOAD_APPENDER_FILE, storePath, content.length, extension).bytes(content);
  }

  /// A new file beside another.
  public static Frame uploadSlave(String master, String prefix, String extension, byte[] content) {
    return Frame.of(Commands.UPLOAD_SLAVE_FILE)
        .int64(master.length())
        .int64(content.length)
        .text(prefix, 16)
        .text(extension, 6)
        .text(master)
        .bytes(content);
  }

  /// A second name for a file.
  public Frame createLink(String source, String extension) {
    String signature = "s";
    return Frame.of(Commands.CREATE_LINK)
        .int64(0)
        .int64(source.length())
        .int64(signature.length())
        .group(group)
        .text("", 16)
        .text(extension, 6)
        .text(source)
        .text(signature);
  }

  /// Adds bytes to the end.
  public static Frame append(String name, byte[] more) {
    return Frame.of(Commands.APPEND_FILE)
        .int64(name.length())
        .int64(more.length)
        .text(name)
        .bytes(more);
  }

  /// Replaces bytes from an offset on.
  public static Frame modify(String name, long offset, byte[] bytes) {
    return Frame.of(Commands.MODIFY_FILE)
        .int64(name.length())
        .int64(offset)
        .int64(bytes.length)
        .text(name)
        .bytes(bytes);
  }

  /// Cuts a file, or fills it up with zeros.
  public static Frame truncate(String name, long size) {
    return Frame.of(Commands.TRUNCATE_FILE).int64(name.length()).int64(size).text(name);
  }

  /// Makes an appender a plain file.
  public static Frame regenerate(String name) {
    return Frame.of(Commands.REGENERATE_APPENDER_FILENAME).text(name);
  }

  /// Sets metadata; the flag says how: `O` replaces all, `M` adds.
  public Frame setMetadata(String name, char flag, String metadata) {
    byte[] bytes = metadata.getBytes(StandardCharsets.UTF_8);
    return Frame.of(Commands.SET_METADATA)
        .int64(name.length())
        .int64(bytes.length)
        .int8(flag)
        .group(group)
        .text(name)
        .bytes(bytes);
  }

  /// A whole file.
  public Frame download(String name) {
    return Frame.of(Commands.DOWNLOAD_FILE).int64(0).int64(0).group(group).text(name);
  }

  /// A command whose body is group and name.
  public Frame named(int command, String name) {
    return Frame.of(command).group(group).text(name);
  }

  private static Frame head(int command, int storePath, long size, String extension) {
    return Frame.of(command).int8(storePath).int64(size).text(extension, 6);
  }
}
