package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.checkLength;

import io.larder.protocol.MalformedException;

/// Replies of a storage about one file.
public sealed interface FileReply extends Reply {
  /// Reply to 11, 20, 21, 23 and 38: the name that was given.
  ///
  /// @param name the logical name, without the group
  record StoredName(String group, String name) implements FileReply {
    public StoredName {
      checkLength("filename", name, 1, RequestRules.NAME_MAX);
    }

    static StoredName read(BodyReader in) {
      return new StoredName(in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("filename", name);
    }
  }

  /// Reply to 22 (40 or 70 bytes, S1 §4.10).
  ///
  /// @param modifiedAt epoch seconds
  /// @param crc32 the 32 bits; on the wire they are sign-extended to 64
  /// @param sourceIp empty when the file's name holds an unknown storage id
  record FileInfo(AddressWidth width, long size, long modifiedAt, int crc32, String sourceIp)
      implements FileReply {
    private static final int FIXED_SIZE = 3 * Long.BYTES;

    static FileInfo read(BodyReader in) {
      AddressWidth width =
          switch (in.remaining() - FIXED_SIZE) {
            case 16 -> AddressWidth.NARROW;
            case 46 -> AddressWidth.WIDE;
            default ->
                throw new MalformedException(
                    "body_length: " + in.remaining() + " (40 or 70 needed)");
          };
      return new FileInfo(
          width,
          in.int64("file_size"),
          in.int64("mtime"),
          (int) in.int64("crc32"),
          in.text("source_ip", width.bytes()));
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(size);
      out.int64(modifiedAt);
      out.int64(crc32);
      out.text("source_ip", sourceIp, width.bytes());
    }
  }
}
