package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.NAME_MAX;
import static io.larder.protocol.wire.RequestRules.checkLength;
import static io.larder.protocol.wire.RequestRules.checkNotNegative;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.SlavePrefix;
import io.netty.buffer.ByteBuf;

/// Storage requests that carry file bytes. The record is the head; exactly [#streamedBytes] follow.
public sealed interface StreamedRequest extends StorageRequest {
  /// Shortest name that can be changed in place, because only full file ids carry the appender flag.
  int CHANGED_NAME_MIN = 44;

  /// Command 11 and, with `appender` set, command 23: store the bytes that follow.
  ///
  /// @param storePath index of the store path, signed; -1 lets the server choose
  record Upload(byte storePath, long fileSize, Extension extension, boolean appender)
      implements StreamedRequest {
    /// Bytes in front of the content.
    public static final int HEAD_SIZE = 1 + Long.BYTES + Extension.BYTES_MAX;

    public Upload {
      checkNotNegative("file_size", fileSize);
    }

    static Upload read(Header header, BodyReader in) {
      return read(header, in, false);
    }

    static Upload readAppender(Header header, BodyReader in) {
      return read(header, in, true);
    }

    private static Upload read(Header header, BodyReader in, boolean appender) {
      byte storePath = in.int8("store_path_index");
      long fileSize = in.int64("file_size");
      Extension extension = Extension.of(in.text("ext", Extension.BYTES_MAX));
      Upload upload = new Upload(storePath, fileSize, extension, appender);
      checkStreamed("file_size", header, in, HEAD_SIZE, fileSize);
      return upload;
    }

    @Override
    public int code() {
      return (appender ? Command.UPLOAD_APPENDER_FILE : Command.UPLOAD_FILE).code();
    }

    @Override
    public long streamedBytes() {
      return fileSize;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int8(storePath);
      out.int64(fileSize);
      out.text("ext", extension.text(), Extension.BYTES_MAX);
    }
  }

  /// Command 21: store the bytes that follow under a name derived from an existing file's.
  record UploadSlave(long fileSize, SlavePrefix prefix, Extension extension, String masterName)
      implements StreamedRequest {
    private static final int FIXED_SIZE =
        Long.BYTES + Long.BYTES + SlavePrefix.BYTES_MAX + Extension.BYTES_MAX;
    private static final int MASTER_MIN = 11;

    public UploadSlave {
      checkNotNegative("file_size", fileSize);
      checkLength("master", masterName, MASTER_MIN, NAME_MAX);
      if (prefix.text().isEmpty()) {
        throw new MalformedException("prefix: empty");
      }
    }

    static int headBytes(long bodyLength, ByteBuf soFar) {
      return StreamedRequest.headBytes(bodyLength, soFar, FIXED_SIZE, "master_len", MASTER_MIN);
    }

    static UploadSlave read(Header header, BodyReader in) {
      int masterLength = in.length("master_len", MASTER_MIN, NAME_MAX);
      long fileSize = in.int64("file_size");
      SlavePrefix prefix = SlavePrefix.of(in.text("prefix", SlavePrefix.BYTES_MAX));
      Extension extension = Extension.of(in.text("ext", Extension.BYTES_MAX));
      String master = in.bytes("master", masterLength);
      UploadSlave upload = new UploadSlave(fileSize, prefix, extension, master);
      checkStreamed("file_size", header, in, FIXED_SIZE + masterLength, fileSize);
      return upload;
    }

    @Override
    public int code() {
      return Command.UPLOAD_SLAVE_FILE.code();
    }

    @Override
    public long streamedBytes() {
      return fileSize;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(masterName.length());
      out.int64(fileSize);
      out.text("prefix", prefix.text(), SlavePrefix.BYTES_MAX);
      out.text("ext", extension.text(), Extension.BYTES_MAX);
      out.bytes("master", masterName);
    }
  }

  /// Command 24: add the bytes that follow to the end of an appender.
  record Append(long size, String name) implements StreamedRequest {
    private static final int FIXED_SIZE = Long.BYTES + Long.BYTES;

    public Append {
      checkNotNegative("length", size);
      checkLength("filename", name, CHANGED_NAME_MIN, NAME_MAX);
    }

    static int headBytes(long bodyLength, ByteBuf soFar) {
      return StreamedRequest.headBytes(
          bodyLength, soFar, FIXED_SIZE, "filename_len", CHANGED_NAME_MIN);
    }

    static Append read(Header header, BodyReader in) {
      int nameLength = in.length("filename_len", CHANGED_NAME_MIN, NAME_MAX);
      long size = in.int64("length");
      Append append = new Append(size, in.bytes("filename", nameLength));
      checkStreamed("length", header, in, FIXED_SIZE + nameLength, size);
      return append;
    }

    @Override
    public int code() {
      return Command.APPEND_FILE.code();
    }

    @Override
    public long streamedBytes() {
      return size;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(name.length());
      out.int64(size);
      out.bytes("filename", name);
    }
  }

  /// Command 34: overwrite an appender from an offset with the bytes that follow.
  record Modify(long offset, long size, String name) implements StreamedRequest {
    private static final int FIXED_SIZE = Long.BYTES + Long.BYTES + Long.BYTES;

    public Modify {
      checkNotNegative("start_offset", offset);
      checkNotNegative("length", size);
      checkLength("filename", name, CHANGED_NAME_MIN, NAME_MAX);
    }

    static int headBytes(long bodyLength, ByteBuf soFar) {
      return StreamedRequest.headBytes(
          bodyLength, soFar, FIXED_SIZE, "filename_len", CHANGED_NAME_MIN);
    }

    static Modify read(Header header, BodyReader in) {
      int nameLength = in.length("filename_len", CHANGED_NAME_MIN, NAME_MAX);
      long offset = in.int64("start_offset");
      long size = in.int64("length");
      Modify modify = new Modify(offset, size, in.bytes("filename", nameLength));
      checkStreamed("length", header, in, FIXED_SIZE + nameLength, size);
      return modify;
    }

    @Override
    public int code() {
      return Command.MODIFY_FILE.code();
    }

    @Override
    public long streamedBytes() {
      return size;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int64(name.length());
      out.int64(offset);
      out.int64(size);
      out.bytes("filename", name);
    }
  }

  /// The size of a head without names.
  static int headBytes(long bodyLength, int headSize) {
    if (bodyLength < headSize) {
      throw new MalformedException(
          "body_length: " + bodyLength + " (at least " + headSize + " needed)");
    }
    return headSize;
  }

  private static int headBytes(
      long bodyLength, ByteBuf soFar, int fixedSize, String field, int nameMin) {
    headBytes(bodyLength, fixedSize);
    if (soFar.readableBytes() < Long.BYTES) {
      return -1;
    }
    int head = fixedSize + new BodyReader(soFar).length(field, nameMin, NAME_MAX);
    return headBytes(bodyLength, head);
  }

  private static void checkStreamed(
      String field, Header header, BodyReader in, int headSize, long declared) {
    in.end();
    if (declared != header.bodyLength() - headSize) {
      throw new MalformedException(
          field + ": " + declared + ", but " + (header.bodyLength() - headSize) + " bytes follow");
    }
  }
}
