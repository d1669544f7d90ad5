package io.larder.http.upload;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.GroupName;
import java.util.Optional;

/// What a client asks of an upload besides the bytes.
///
/// @param group the group it wants; empty: any
/// @param extension the extension it wants for all files; empty: that of each file's name
record UploadRequest(Optional<GroupName> group, Optional<Extension> extension) {

  /// Reads both.
  ///
  /// @throws MalformedException when one is wrong
  static UploadRequest of(Optional<String> group, Optional<String> extension) {
    return new UploadRequest(
        group.filter(text -> !text.isEmpty()).map(GroupName::of),
        extension.map(text -> Extension.of(text.startsWith(".") ? text.substring(1) : text)));
  }

  /// The same with what another says on top.
  UploadRequest overriddenBy(UploadRequest other) {
    return new UploadRequest(other.group.or(() -> group), other.extension.or(() -> extension));
  }

  /// The extension of a file in this upload.
  ///
  /// @param filename as the client calls it
  Extension extensionOf(String filename) {
    return extension.orElseGet(() -> named(filename));
  }

  /// What stands behind the last dot, if it can be an extension; a name that only begins with a dot has none.
  private static Extension named(String filename) {
    String last =
        filename.substring(Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\')) + 1);
    int dot = last.lastIndexOf('.');
    String text = dot <= 0 ? "" : last.substring(dot + 1);
    if (text.length() > Extension.BYTES_MAX || !text.chars().allMatch(UploadRequest::isPlain)) {
      return Extension.NONE;
    }
    return Extension.of(text);
  }

  private static boolean isPlain(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '_'
        || c == '-';
  }
}
