package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.NAME_MAX;
import static io.larder.protocol.wire.RequestRules.checkLength;
import static io.larder.protocol.wire.RequestRules.checkNotNegative;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.SlavePrefix;

/// Storage requests about one file that carry no file bytes.
public sealed interface FileRequest extends StorageRequest {
  /// Command 12: delete a file and its metadata.
  record Delete(String group, String name) implements FileRequest {
    public Delete {
      checkLength("filename", name, 1, NAME_MAX);
    }

    static Delete read(Header header, BodyReader in) {
      return new Delete(in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.DELETE_FILE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      writeGroupAndName(out, group, name);
    }
  }

  /// Command 13: replace (`O`) or merge (`M`) the metadata of a file.
  ///
  /// @param metadata records `name 0x02 value` joined by 0x01, as sent
  record SetMetadata(char flag, String group, String name, String metadata) implements FileRequest {
    /// Replace everything.
    public static final char OVERWRITE = 'O';

    /// Keep names that are not given.
    public static final char MERGE = 'M';

    public SetMetadata {
      checkLength("filename", name, 1, NAME_MAX);
      if (flag != OVERWRITE && flag != MERGE) {
        throw new MalformedException("flag: " + (int) flag + " (O or M allowed)");
      }
    }

    static SetMetadata read(Header header, BodyReader in) {
      int nameLength = in.length("filename_len", 1, NAME_MAX);
      long metadataLength = in.int64("meta_len");
      char flag = (char) in.uint8("flag");
      String group = in.text("group", GROUP);
      String name = in.bytes("filename", nameLength);
      if (metadataLength != in.remaining()) {
        throw new MalformedException(
            "meta_len: " + metadataLength + ", but " + in.remaining() + " bytes follow");
      }
      return new SetMetadata(flag, group, name, in.rest("meta"));
    }

    @Override
    public int code() {
      return Command.SET_METADATA.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(name.length());
      out.int64(metadata.length());
      out.int8(flag);
      writeGroupAndName(out, group, name);
      out.bytes("meta", metadata);
    }
  }

  /// Command 14: send a file or a part of it.
  ///
  /// @param count bytes wanted; 0 means up to the end
  record Download(long offset, long count, String group, String name) implements FileRequest {
    public Download {
      checkNotNegative("offset", offset);
      checkNotNegative("count", count);
      checkLength("filename", name, 1, NAME_MAX);
    }

    static Download read(Header header, BodyReader in) {
      return new Download(
          in.int64("offset"), in.int64("count"), in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.DOWNLOAD_FILE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(offset);
      out.int64(count);
      writeGroupAndName(out, group, name);
    }
  }

  /// Command 15: send the metadata of a file.
  record GetMetadata(String group, String name) implements FileRequest {
    public GetMetadata {
      checkLength("filename", name, 1, NAME_MAX);
    }

    static GetMetadata read(Header header, BodyReader in) {
      return new GetMetadata(in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.GET_METADATA.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      writeGroupAndName(out, group, name);
    }
  }

  /// Command 20: make another name for an existing file.
  ///
  /// @param masterName the file whose slave the link is to be; empty for a fresh name
  record CreateLink(
      String group,
      SlavePrefix prefix,
      Extension extension,
      String masterName,
      String sourceName,
      String signature)
      implements FileRequest {
    private static final int SIGNATURE_MAX = 63;
    private static final int TOTAL_MAX = 256;

    public CreateLink {
      checkLength("master", masterName, 0, NAME_MAX);
      checkLength("source", sourceName, 1, NAME_MAX);
      checkLength("signature", signature, 1, SIGNATURE_MAX);
      int total = masterName.length() + sourceName.length() + signature.length();
      if (total > TOTAL_MAX) {
        throw new MalformedException(
            "signature: " + total + " bytes with both names (at most " + TOTAL_MAX + " allowed)");
      }
    }

    static CreateLink read(Header header, BodyReader in) {
      int masterLength = in.length("master_len", 0, NAME_MAX);
      int sourceLength = in.length("source_len", 1, NAME_MAX);
      int signatureLength = in.length("signature_len", 1, SIGNATURE_MAX);
      String group = in.text("group", GROUP);
      SlavePrefix prefix = SlavePrefix.of(in.text("prefix", SlavePrefix.BYTES_MAX));
      Extension extension = Extension.of(in.text("ext", Extension.BYTES_MAX));
      String master = in.bytes("master", masterLength);
      String source = in.bytes("source", sourceLength);
      String signature = in.bytes("signature", signatureLength);
      in.end();
      return new CreateLink(group, prefix, extension, master, source, signature);
    }

    @Override
    public int code() {
      return Command.CREATE_LINK.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(masterName.length());
      out.int64(sourceName.length());
      out.int64(signature.length());
      out.text("group", group, GROUP);
      out.text("prefix", prefix.text(), SlavePrefix.BYTES_MAX);
      out.text("ext", extension.text(), Extension.BYTES_MAX);
      out.bytes("master", masterName);
      out.bytes("source", sourceName);
      out.bytes("signature", signature);
    }
  }

  /// Command 22: size, time, CRC32 and source of a file.
  record QueryInfo(int flags, String group, String name) implements FileRequest {
    /// Flag: do not compute the CRC32 of an appender or slave.
    public static final int WITHOUT_CRC = 1;

    /// Flag: a missing file is no news for the log.
    public static final int SILENT = 2;

    public QueryInfo {
      checkLength("filename", name, 1, NAME_MAX);
    }

    static QueryInfo read(Header header, BodyReader in) {
      return new QueryInfo(header.status(), in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.QUERY_FILE_INFO.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      writeGroupAndName(out, group, name);
    }
  }

  /// Command 36: cut or extend an appender.
  record Truncate(long newSize, String name) implements FileRequest {
    public Truncate {
      checkNotNegative("new_size", newSize);
      checkLength("filename", name, StreamedRequest.CHANGED_NAME_MIN, NAME_MAX);
    }

    static Truncate read(Header header, BodyReader in) {
      int nameLength = in.length("filename_len", StreamedRequest.CHANGED_NAME_MIN, NAME_MAX);
      long newSize = in.int64("new_size");
      Truncate truncate = new Truncate(newSize, in.bytes("filename", nameLength));
      in.end();
      return truncate;
    }

    @Override
    public int code() {
      return Command.TRUNCATE_FILE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(name.length());
      out.int64(newSize);
      out.bytes("filename", name);
    }
  }

  /// Command 38: turn an appender into a plain file under a new name.
  record Regenerate(String name) implements FileRequest {
    public Regenerate {
      checkLength("filename", name, StreamedRequest.CHANGED_NAME_MIN, NAME_MAX);
    }

    static Regenerate read(Header header, BodyReader in) {
      return new Regenerate(in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.REGENERATE_APPENDER_FILENAME.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.bytes("filename", name);
    }
  }

  private static void writeGroupAndName(BodyWriter out, String group, String name) {
    out.text("group", group, GROUP);
    out.bytes("filename", name);
  }
}
