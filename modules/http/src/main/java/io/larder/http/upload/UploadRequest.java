package io.larder.http.upload;

import io.larder.http.file.Query;
import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.GroupName;
import io.larder.store.Durability;
import java.util.List;
import java.util.Optional;

/// What a client asks of an upload besides the bytes.
///
/// @param group the group it wants; empty: any
/// @param extension the extension it wants for all files; empty: that of each file's name
/// @param durability the least that the answer must promise; empty: what the settings of the storage say
record UploadRequest(
    Optional<GroupName> group, Optional<Extension> extension, Optional<Durability> durability) {
  private static final UploadRequest NOTHING =
      new UploadRequest(Optional.empty(), Optional.empty(), Optional.empty());

  /// Reads the parameters of a URL.
  ///
  /// @throws MalformedException when one is wrong
  static UploadRequest of(Query query) {
    UploadRequest asked = NOTHING;
    for (String name : List.of("group", "ext", "durability")) {
      Optional<String> value = query.first(name);
      if (value.isPresent()) {
        asked = asked.with(name, value.get()).orElse(asked);
      }
    }
    return asked;
  }

  /// The same with a field that says something else.
  ///
  /// @return empty when no field of this name is for us
  /// @throws MalformedException when its value is wrong
  Optional<UploadRequest> with(String name, String value) {
    return switch (name) {
      case "group" ->
          Optional.of(value.isEmpty() ? this : with(Optional.of(GroupName.of(value)), extension));
      case "ext" -> {
        Extension wanted = Extension.of(value.startsWith(".") ? value.substring(1) : value);
        yield Optional.of(with(group, Optional.of(wanted)));
      }
      case "durability" ->
          Optional.of(new UploadRequest(group, extension, Optional.of(durability(value))));
      default -> Optional.empty();
    };
  }

  private UploadRequest with(Optional<GroupName> in, Optional<Extension> named) {
    return new UploadRequest(in, named, durability);
  }

  private static Durability durability(String value) {
    try {
      return Durability.parse(value);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  /// The same for a group.
  UploadRequest in(GroupName other) {
    return with(Optional.of(other), extension);
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
